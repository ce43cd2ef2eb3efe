using Google.Protobuf.Collections;
using Troupe.Contracts.Cluster;
using Troupe.Contracts.Generation;
using Troupe.Grains.Decoding;
using V1 = Troupe.Contracts.V1;

namespace Troupe.Gateway.Validation;

/// <summary>Resolves sampling settings: what the caller left open is the model's default.</summary>
internal sealed class SamplingReader(ServedModel model, IRandomSource random, Violations violations)
{
    public SamplingSettings Read(V1.Sampling? asked)
    {
        asked ??= new V1.Sampling();
        var defaults = model.Defaults;
        int[] endTokens = asked.IgnoreEndTokens ? [] : defaults.StopTokenIds;
        var settings = new SamplingSettings
        {
            Temperature = asked.HasTemperature ? asked.Temperature : defaults.Temperature,
            TopK = asked.HasTopK ? asked.TopK : defaults.TopK,
            TopP = asked.HasTopP ? asked.TopP : defaults.TopP,
            MinP = asked.HasMinP ? asked.MinP : defaults.MinP,
            TypicalP = asked.HasTypicalP ? asked.TypicalP : defaults.TypicalP,
            RepetitionPenalty = asked.HasRepetitionPenalty ? asked.RepetitionPenalty : defaults.RepetitionPenalty,
            FrequencyPenalty = asked.FrequencyPenalty != 0 ? asked.FrequencyPenalty : defaults.FrequencyPenalty,
            PresencePenalty = asked.PresencePenalty != 0 ? asked.PresencePenalty : defaults.PresencePenalty,
            NoRepeatNgramSize = asked.NoRepeatNgramSize != 0 ? asked.NoRepeatNgramSize : defaults.NoRepeatNgramSize,
            LogitBias = FewIds(asked.LogitBias.Count, "logit_bias") && asked.LogitBias.Count > 0 ? new(asked.LogitBias) : defaults.LogitBias,
            AllowedTokenIds = Ids(asked.AllowedTokenIds, "allowed_token_ids") is { Length: > 0 } allowed ? allowed : defaults.AllowedTokenIds,
            SuppressTokenIds = Ids(asked.SuppressTokenIds, "suppress_token_ids") is { Length: > 0 } suppressed ? suppressed : defaults.SuppressTokenIds,
            Seed = asked.HasSeed ? asked.Seed : random.Seed(),
            MaxTokens = asked.HasMaxTokens ? asked.MaxTokens : defaults.MaxTokens,
            MinTokens = asked.MinTokens != 0 ? asked.MinTokens : defaults.MinTokens,
            StopStrings = asked.Stop.Count > 0 ? [.. asked.Stop] : defaults.StopStrings,
            StopTokenIds = [.. endTokens.Union(Ids(asked.StopTokenIds, "stop_token_ids"))],
            Logprobs = asked.HasLogprobs ? asked.Logprobs : null,
        };
        foreach (var problem in settings.ToParameters().Validate(model.VocabularySize))
            violations.Add($"sampling.{problem.Field}", $"is {problem.Value}", problem.Limit, problem.Remedy);
        return settings;
    }

    private int[] Ids(RepeatedField<int> ids, string field) => FewIds(ids.Count, field) ? [.. ids] : [];

    private bool FewIds(int count, string field)
    {
        if (count <= model.VocabularySize)
            return true;
        violations.Add($"sampling.{field}", $"has {count} ids", $"at most {model.VocabularySize}, one for each token of the vocabulary", "Leave out repeated ids.");
        return false;
    }
}
