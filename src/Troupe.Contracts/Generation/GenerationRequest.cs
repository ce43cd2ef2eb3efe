using Troupe.Contracts.Prompts;

namespace Troupe.Contracts.Generation;

/// <summary>A request that passed the door: nothing behind it checks its fields again.</summary>
[GenerateSerializer, Immutable, Alias("troupe.GenerationRequest")]
public sealed record GenerationRequest
{
    [Id(0)] public required GenerationKey Key { get; init; }

    /// <summary>Which model, at which revision of its checkpoint.</summary>
    [Id(1)] public required ModelRevision Model { get; init; }

    [Id(2)] public required Turn[] Messages { get; init; }

    /// <summary>Pictures in order of appearance.</summary>
    [Id(3)] public required MediaReference[] Media { get; init; }

    [Id(4)] public required PromptSettings Prompt { get; init; }

    [Id(5)] public required SamplingSettings Sampling { get; init; }

    /// <summary>Answers to the one prompt, 1 or more.</summary>
    [Id(6)] public int Choices { get; init; } = 1;

    /// <summary>Digest of everything that decides the answer; the same id with another digest is another request.</summary>
    [Id(7)] public required string BodyDigest { get; init; }
}

/// <summary>The name under which requests ask for a model, and the digest of the checkpoint that answers.</summary>
[GenerateSerializer, Immutable, Alias("troupe.ModelRevision")]
public readonly record struct ModelRevision([property: Id(0)] string Name, [property: Id(1)] string Revision)
{
    public override string ToString() => $"{Name}@{Revision}";
}
