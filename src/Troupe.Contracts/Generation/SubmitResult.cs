namespace Troupe.Contracts.Generation;

/// <summary>What became of a submit.</summary>
[GenerateSerializer, Immutable, Alias("troupe.SubmitResult")]
public sealed record SubmitResult
{
    /// <summary>Tokens of the prompt, media included; 0 when refused.</summary>
    [Id(0)] public int PromptTokens { get; init; }

    /// <summary>Why not; null when accepted.</summary>
    [Id(1)] public Refusal? Refusal { get; init; }

    public static SubmitResult Accepted(int promptTokens) => new() { PromptTokens = promptTokens };

    public static SubmitResult Refused(RefusalKind kind, string reason) => new() { Refusal = new Refusal(kind, reason) };
}

/// <param name="Kind">What kind of trouble it is; a gateway turns it into a status.</param>
/// <param name="Reason">For the caller: field, value, limit and remedy.</param>
[GenerateSerializer, Immutable, Alias("troupe.Refusal")]
public sealed record Refusal([property: Id(0)] RefusalKind Kind, [property: Id(1)] string Reason);

public enum RefusalKind
{
    /// <summary>The request itself is at fault: a picture that cannot be decoded, a conversation that the template refuses, a prompt beyond the context.</summary>
    Invalid,

    /// <summary>The id belongs to a request with another body.</summary>
    IdInUse,

    /// <summary>Every engine is full.</summary>
    Full,

    /// <summary>A stage has no healthy silo, or one died.</summary>
    Unavailable,

    /// <summary>Cancelled before it began.</summary>
    Cancelled,

    /// <summary>A mistake of ours.</summary>
    Internal,
}
