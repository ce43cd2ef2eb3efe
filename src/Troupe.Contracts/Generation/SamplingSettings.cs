namespace Troupe.Contracts.Generation;

/// <summary>How tokens are drawn and when an answer ends, resolved: nothing is left to a default. Meanings and ranges as in <c>troupe.v1.Sampling</c>.</summary>
[GenerateSerializer, Immutable, Alias("troupe.SamplingSettings")]
public sealed record SamplingSettings
{
    [Id(0)] public float Temperature { get; init; }
    [Id(1)] public int TopK { get; init; }
    [Id(2)] public float TopP { get; init; } = 1;
    [Id(3)] public float MinP { get; init; }
    [Id(4)] public float TypicalP { get; init; } = 1;
    [Id(5)] public float RepetitionPenalty { get; init; } = 1;
    [Id(6)] public float FrequencyPenalty { get; init; }
    [Id(7)] public float PresencePenalty { get; init; }
    [Id(8)] public int NoRepeatNgramSize { get; init; }
    [Id(9)] public Dictionary<int, float> LogitBias { get; init; } = [];
    [Id(10)] public int[]? AllowedTokenIds { get; init; }
    [Id(11)] public int[] SuppressTokenIds { get; init; } = [];
    [Id(12)] public ulong Seed { get; init; }
    [Id(13)] public int MaxTokens { get; init; } = int.MaxValue;
    [Id(14)] public int MinTokens { get; init; }
    [Id(15)] public string[] StopStrings { get; init; } = [];

    /// <summary>The model's end tokens and the caller's stop ids.</summary>
    [Id(16)] public int[] StopTokenIds { get; init; } = [];

    [Id(17)] public int? Logprobs { get; init; }
}
