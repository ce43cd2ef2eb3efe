using Troupe.Contracts.Encoding;
using Troupe.Contracts.Generation;
using Troupe.Contracts.Prompts;

namespace Troupe.Contracts.Decoding;

/// <summary>A request as an engine takes it.</summary>
[GenerateSerializer, Immutable, Alias("troupe.DecodeRequest")]
public sealed record DecodeRequest
{
    [Id(0)] public required GenerationKey Key { get; init; }

    /// <summary>The owner's claim; engines refuse a lower one for the same key.</summary>
    [Id(1)] public required long Epoch { get; init; }

    [Id(2)] public required ModelRevision Model { get; init; }

    /// <summary>Where tokens are sent.</summary>
    [Id(3)] public required SiloAddress Owner { get; init; }

    [Id(4)] public required int[] PromptIds { get; init; }

    [Id(5)] public required Slot[] Slots { get; init; }

    /// <summary>Features of each medium, by <see cref="Slot.Medium"/>.</summary>
    [Id(6)] public required FeatureHandle[] Media { get; init; }

    [Id(7)] public required int Choices { get; init; }

    [Id(8)] public required SamplingSettings Sampling { get; init; }
}

/// <summary>What an engine says to a submit.</summary>
[GenerateSerializer, Immutable, Alias("troupe.DecodeAnswer")]
public sealed record DecodeAnswer([property: Id(0)] DecodeVerdict Verdict, [property: Id(1)] string? Reason = null)
{
    public static DecodeAnswer Accepted { get; } = new(DecodeVerdict.Accepted);
}

public enum DecodeVerdict
{
    Accepted,

    /// <summary>Full: another engine may have room.</summary>
    Full,

    /// <summary>No engine of this model can serve the request: it is beyond a limit.</summary>
    Invalid,

    /// <summary>Features are gone from the store of their silo: they must be encoded again.</summary>
    FeaturesGone,

    /// <summary>This engine serves another revision, holds a later claim, or is stopping.</summary>
    Refused,
}
