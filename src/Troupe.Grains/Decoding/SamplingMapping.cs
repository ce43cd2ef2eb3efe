using Troupe.Contracts.Generation;
using Troupe.Engine.Sampling;

namespace Troupe.Grains.Decoding;

/// <summary>Sampling settings in the engine's words: the door checks the very parameters that the engine draws by.</summary>
public static class SamplingMapping
{
    public static SamplingParameters ToParameters(this SamplingSettings settings) => new()
    {
        Temperature = settings.Temperature,
        TopK = settings.TopK,
        TopP = settings.TopP,
        MinP = settings.MinP,
        TypicalP = settings.TypicalP,
        RepetitionPenalty = settings.RepetitionPenalty,
        FrequencyPenalty = settings.FrequencyPenalty,
        PresencePenalty = settings.PresencePenalty,
        NoRepeatNgramSize = settings.NoRepeatNgramSize,
        LogitBias = settings.LogitBias,
        AllowedTokenIds = settings.AllowedTokenIds,
        SuppressTokenIds = settings.SuppressTokenIds,
        Seed = settings.Seed,
        MaxTokens = settings.MaxTokens,
        MinTokens = settings.MinTokens,
        StopStrings = settings.StopStrings,
        StopTokenIds = settings.StopTokenIds,
        Logprobs = settings.Logprobs,
    };
}
