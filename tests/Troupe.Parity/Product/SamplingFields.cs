using System.Globalization;
using System.Text.Json;
using Troupe.Engine.Sampling;
using Troupe.Parity.Goldens;

namespace Troupe.Parity.Product;

/// <summary>Sampling parameters under the names of the references.</summary>
public static class SamplingFields
{
    public static SamplingParameters Read(JsonElement parameters, SamplingParameters start)
    {
        foreach (var parameter in parameters.EnumerateObject())
            start = With(start, parameter.Name, parameter.Value);
        return start;
    }

    public static SamplingParameters With(SamplingParameters sampling, string name, JsonElement value) => name switch
    {
        "temperature" => sampling with { Temperature = value.GetSingle() },
        "top_k" => sampling with { TopK = value.GetInt32() },
        "top_p" => sampling with { TopP = value.GetSingle() },
        "min_p" => sampling with { MinP = value.GetSingle() },
        "typical_p" => sampling with { TypicalP = value.GetSingle() },
        "repetition_penalty" => sampling with { RepetitionPenalty = value.GetSingle() },
        "frequency_penalty" => sampling with { FrequencyPenalty = value.GetSingle() },
        "presence_penalty" => sampling with { PresencePenalty = value.GetSingle() },
        "no_repeat_ngram_size" => sampling with { NoRepeatNgramSize = value.GetInt32() },
        "max_new_tokens" => sampling with { MaxTokens = value.GetInt32() },
        "min_new_tokens" => sampling with { MinTokens = value.GetInt32() },
        "allowed_token_ids" => sampling with { AllowedTokenIds = GoldenRecord.Ints(value) },
        "suppress_token_ids" or "suppress_tokens" => sampling with { SuppressTokenIds = GoldenRecord.Ints(value) },
        "logit_bias" => sampling with
        {
            LogitBias = value.EnumerateObject().ToDictionary(bias => int.Parse(bias.Name, CultureInfo.InvariantCulture), bias => bias.Value.GetSingle()),
        },
        _ => throw new InvalidDataException($"The sampling parameter '{name}' is not known here."),
    };

    /// <summary>A logit in JSON, where infinities and NaN are strings.</summary>
    public static float Logit(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetSingle() : value.GetString() switch
        {
            "nan" => float.NaN,
            "inf" => float.PositiveInfinity,
            "-inf" => float.NegativeInfinity,
            var other => throw new InvalidDataException($"A logit is '{other}'."),
        };
}
