namespace Troupe.Engine.Sampling;

/// <summary>How tokens are drawn and when an answer ends. The rules act in the order of the properties (golden set <c>sampling</c>).</summary>
public sealed partial record SamplingParameters
{
    /// <summary>Added to the logits of these ids.</summary>
    public IReadOnlyDictionary<int, float> LogitBias { get; init; } = new Dictionary<int, float>();

    /// <summary>Over 0; 1 is off. Divides positive and multiplies negative logits of every id of prompt and answer.</summary>
    public float RepetitionPenalty { get; init; } = 1;

    /// <summary>Subtracted for each occurrence in the answer; -2 to 2, 0 is off.</summary>
    public float FrequencyPenalty { get; init; }

    /// <summary>Subtracted once for each id in the answer; -2 to 2, 0 is off.</summary>
    public float PresencePenalty { get; init; }

    /// <summary>Ids that would complete an n-gram of prompt and answer a second time are excluded; 0 is off.</summary>
    public int NoRepeatNgramSize { get; init; }

    /// <summary>When not null, all other ids are excluded.</summary>
    public IReadOnlyList<int>? AllowedTokenIds { get; init; }

    /// <summary>These ids are excluded.</summary>
    public IReadOnlyList<int> SuppressTokenIds { get; init; } = [];

    /// <summary>0 is greedy (later rules are skipped); else logits are divided by it.</summary>
    public float Temperature { get; init; }

    /// <summary>Keeps the k largest logits and their ties; 0 is off.</summary>
    public int TopK { get; init; }

    /// <summary>Keeps the most likely tokens up to this mass; 0 to 1, 1 is off.</summary>
    public float TopP { get; init; } = 1;

    /// <summary>Keeps tokens at least this likely relative to the likeliest; 0 to 1, 0 is off.</summary>
    public float MinP { get; init; }

    /// <summary>Keeps the tokens whose information is nearest the entropy up to this mass; over 0 to 1, 1 is off.</summary>
    public float TypicalP { get; init; } = 1;

    /// <summary>Names the noise: the same seed, prompt and weights give the same tokens.</summary>
    public ulong Seed { get; init; }

    /// <summary>Most new tokens of a choice, 1 or more.</summary>
    public int MaxTokens { get; init; } = int.MaxValue;

    /// <summary>End tokens and stop ids are excluded before this many new tokens.</summary>
    public int MinTokens { get; init; }

    /// <summary>End tokens and stop ids: the answer ends with them.</summary>
    public IReadOnlyList<int> StopTokenIds { get; init; } = [];

    /// <summary>The answer ends before the first of these strings.</summary>
    public IReadOnlyList<string> StopStrings { get; init; } = [];

    /// <summary>Number of most likely alternatives reported with each token; null reports no log-probabilities, 0 the drawn token's alone.</summary>
    public int? Logprobs { get; init; }
}
