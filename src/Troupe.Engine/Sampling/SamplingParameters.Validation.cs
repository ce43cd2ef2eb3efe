using System.Globalization;

namespace Troupe.Engine.Sampling;

public sealed partial record SamplingParameters
{
    /// <summary>Strings in <see cref="StopStrings"/>.</summary>
    public const int MaxStopStrings = 16;

    /// <summary>UTF-16 units of one stop string: the longest text that is ever held back.</summary>
    public const int MaxStopStringLength = 1024;

    /// <summary>Alternatives in <see cref="Logprobs"/>.</summary>
    public const int MaxLogprobs = 20;

    /// <summary>What is wrong with these parameters for a model of this vocabulary; empty when they can be served.</summary>
    public IReadOnlyList<SamplingProblem> Validate(int vocabularySize = int.MaxValue)
    {
        var problems = new List<SamplingProblem>();

        Check(Temperature >= 0 && float.IsFinite(Temperature), "temperature", Temperature, "0 or over", "0 is greedy, 1 leaves the distribution as it is.");
        Check(TopK >= 0, "top_k", TopK, "0 or over", "0 switches it off.");
        Check(TopP is >= 0 and <= 1, "top_p", TopP, "from 0 to 1", "1 switches it off.");
        Check(MinP is >= 0 and <= 1, "min_p", MinP, "from 0 to 1", "0 switches it off.");
        Check(TypicalP is > 0 and <= 1, "typical_p", TypicalP, "over 0, up to 1", "1 switches it off.");
        Check(RepetitionPenalty > 0 && float.IsFinite(RepetitionPenalty), "repetition_penalty", RepetitionPenalty, "over 0", "1 switches it off.");
        Check(FrequencyPenalty is >= -2 and <= 2, "frequency_penalty", FrequencyPenalty, "from -2 to 2", "0 switches it off.");
        Check(PresencePenalty is >= -2 and <= 2, "presence_penalty", PresencePenalty, "from -2 to 2", "0 switches it off.");
        Check(NoRepeatNgramSize >= 0, "no_repeat_ngram_size", NoRepeatNgramSize, "0 or over", "0 switches it off.");
        Check(MaxTokens >= 1, "max_tokens", MaxTokens, "1 or over", "Leave it out to go on to the end of the context.");
        Check(MinTokens >= 0 && MinTokens <= MaxTokens, "min_tokens", MinTokens, $"from 0 to max_tokens ({MaxTokens})", "0 switches it off.");
        if (Logprobs is { } logprobs)
            Check(logprobs is >= 0 and <= MaxLogprobs, "logprobs", logprobs, $"from 0 to {MaxLogprobs}", "Leave it out to get none.");

        foreach (var (id, bias) in LogitBias)
        {
            CheckId("logit_bias", id);
            Check(bias is >= -100 and <= 100, "logit_bias", bias, "from -100 to 100", "-100 all but excludes a token, 100 all but forces it.");
        }

        if (AllowedTokenIds is { } allowed)
        {
            Check(allowed.Count > 0, "allowed_token_ids", "empty", "null or a list of at least one id", "Leave it out to allow every token.");
            CheckIds("allowed_token_ids", allowed);
        }

        CheckIds("suppress_token_ids", SuppressTokenIds);
        CheckIds("stop_token_ids", StopTokenIds);

        Check(StopStrings.Count <= MaxStopStrings, "stop", $"{StopStrings.Count} strings", $"at most {MaxStopStrings} strings", "Send fewer.");
        foreach (var stop in StopStrings)
            Check(stop.Length is >= 1 and <= MaxStopStringLength, "stop", $"a string of length {stop.Length}", $"strings of length 1 to {MaxStopStringLength}", "Leave out or shorten it.");

        return problems;

        void Check(bool holds, string field, object value, string limit, string remedy)
        {
            if (!holds)
                problems.Add(new(field, Convert.ToString(value, CultureInfo.InvariantCulture)!, limit, remedy));
        }

        void CheckIds(string field, IReadOnlyList<int> ids)
        {
            foreach (var id in ids)
                CheckId(field, id);
        }

        void CheckId(string field, int id) =>
            Check(id >= 0 && id < vocabularySize, field, id, $"token ids from 0 to {vocabularySize - 1}", "Take ids from this model's tokenizer.");
    }
}
