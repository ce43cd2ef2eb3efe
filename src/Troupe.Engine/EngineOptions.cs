namespace Troupe.Engine;

/// <summary>What an engine serves and how much of it at once.</summary>
public sealed record EngineOptions
{
    /// <summary>The name under which requests ask for the model.</summary>
    public required string Model { get; init; }

    /// <summary>Digest of the checkpoint's files.</summary>
    public required string Revision { get; init; }

    /// <summary>Sequences (choices) decoded in one step, 1 or more.</summary>
    public int MaxRunning { get; init; } = 32;

    /// <summary>Requests accepted and not yet started, 1 or more; what comes after them is refused.</summary>
    public int MaxWaiting { get; init; } = 256;

    /// <summary>Rows of one step, 1 or more. Running choices take one row each, prompts share what is left (at least one row): a long prompt goes in chunks and never holds up running streams for longer than this.</summary>
    public int StepTokens { get; init; } = 512;

    /// <summary>Positions that all running sequences together may come to; null is room for <see cref="MaxRunning"/> full contexts. A request starts only when its prompt and longest answer fit.</summary>
    public long? MaxCachedTokens { get; init; }

    /// <summary>Ended requests whose keys are remembered, so that a late repetition of a submit does not run again.</summary>
    public int RememberedRequests { get; init; } = 8192;
}
