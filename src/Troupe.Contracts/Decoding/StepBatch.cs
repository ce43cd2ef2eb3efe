using Troupe.Contracts.Generation;

namespace Troupe.Contracts.Decoding;

/// <summary>Everything that one engine has for one owner's silo since the last batch. Batches may be repeated: positions within a choice make them harmless.</summary>
/// <param name="Engine">The sending engine's silo.</param>
/// <param name="Chunks">In order of the steps.</param>
[GenerateSerializer, Immutable, Alias("troupe.StepBatch")]
public sealed record StepBatch([property: Id(0)] SiloAddress Engine, [property: Id(1)] StepChunk[] Chunks);

/// <summary>Tokens that one or more steps gave one choice.</summary>
[GenerateSerializer, Immutable, Alias("troupe.StepChunk")]
public sealed record StepChunk
{
    [Id(0)] public required GenerationKey Key { get; init; }

    [Id(1)] public required long Epoch { get; init; }

    [Id(2)] public required int Choice { get; init; }

    /// <summary>Index within the choice of the first of <see cref="TokenIds"/>.</summary>
    [Id(3)] public required int FirstIndex { get; init; }

    [Id(4)] public required int[] TokenIds { get; init; }

    /// <summary>The text that they release.</summary>
    [Id(5)] public required string Text { get; init; }

    [Id(6)] public TokenLogprob[] Logprobs { get; init; } = [];

    [Id(7)] public ChoiceEnd? Finish { get; init; }

    /// <summary>With <see cref="ChoiceEnd.Failed"/>.</summary>
    [Id(8)] public string? Error { get; init; }
}

/// <summary>Why a choice ended.</summary>
public enum ChoiceEnd
{
    Stop,
    Length,
    Cancelled,
    Failed,
}

/// <summary>Log-probability of a token under the raw distribution, and the most likely alternatives.</summary>
[GenerateSerializer, Immutable, Alias("troupe.TokenLogprob")]
public readonly record struct TokenLogprob([property: Id(0)] int TokenId, [property: Id(1)] float Logprob, [property: Id(2)] TokenAlternative[] Top);

[GenerateSerializer, Immutable, Alias("troupe.TokenAlternative")]
public readonly record struct TokenAlternative([property: Id(0)] int TokenId, [property: Id(1)] float Logprob);

/// <summary>The owners' answer to a batch.</summary>
/// <param name="Cancelled">Requests that the engine must drop: cancelled, unknown here, or under a later claim.</param>
[GenerateSerializer, Immutable, Alias("troupe.StepAnswer")]
public sealed record StepAnswer([property: Id(0)] GenerationKey[] Cancelled);
