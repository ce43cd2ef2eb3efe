namespace Troupe.Engine;

/// <summary>Many requests, one batch per step, on a thread of its own. Safe for concurrent use; no call waits for a step.</summary>
public interface IDecodeEngine
{
    /// <summary>What this engine serves.</summary>
    EngineDescription Description { get; }

    /// <summary>Takes a request, or says why not. The same key and epoch a second time is the same request: it is accepted and nothing happens. A lower epoch is refused.</summary>
    SubmitAnswer Submit(EngineRequest request, ITokenReceiver receiver);

    /// <summary>Ends a request: no step that starts after this call includes it. Its last chunks say <see cref="FinishReason.Cancelled"/>. Unknown keys are ignored.</summary>
    void Cancel(GenerationKey key);

    /// <summary>What the engine is doing now.</summary>
    LoadReport Load { get; }
}

/// <summary>A request's name in the whole cluster. Ids are scoped by tenant.</summary>
public readonly record struct GenerationKey(string Tenant, string Id)
{
    public override string ToString() => $"{Tenant}/{Id}";
}

/// <summary>Takes the tokens of each step. Called on the engine's thread: it must return at once and never throw.</summary>
public interface ITokenReceiver
{
    /// <summary>All chunks of one step that go to this receiver.</summary>
    void Receive(IReadOnlyList<TokenChunk> chunks);
}

/// <param name="Model">The name under which requests ask for the model.</param>
/// <param name="Revision">Digest of the checkpoint's files.</param>
/// <param name="ContextLength">The longest prompt and answer together, in tokens.</param>
/// <param name="VocabularySize">Number of token ids.</param>
/// <param name="MaxRunning">Sequences decoded in one step.</param>
public sealed record EngineDescription(string Model, string Revision, int ContextLength, int VocabularySize, int MaxRunning);

/// <param name="Running">Sequences in the current batch.</param>
/// <param name="Waiting">Requests accepted and not yet started.</param>
/// <param name="CachedTokens">Positions held in key/value caches.</param>
/// <param name="Steps">Steps made since the start.</param>
public sealed record LoadReport(int Running, int Waiting, long CachedTokens, long Steps);

/// <summary>Accepted, or the reason for the refusal (for the caller's eyes).</summary>
public sealed record SubmitAnswer(SubmitVerdict Verdict, string? Reason)
{
    public static SubmitAnswer Yes { get; } = new(SubmitVerdict.Accepted, null);

    public bool Accepted => Verdict == SubmitVerdict.Accepted;

    public static SubmitAnswer No(SubmitVerdict verdict, string reason) => new(verdict, reason);
}

/// <summary>What an engine says to a submit.</summary>
public enum SubmitVerdict
{
    Accepted,

    /// <summary>The waiting line is full: another time, or another engine.</summary>
    Full,

    /// <summary>The request is beyond what this engine can ever serve.</summary>
    Invalid,

    /// <summary>A later claim of the same request was here.</summary>
    Stale,

    /// <summary>The engine takes no more requests.</summary>
    Stopped,
}
