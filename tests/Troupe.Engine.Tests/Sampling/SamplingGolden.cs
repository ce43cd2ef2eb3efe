using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Troupe.Engine.Sampling;
using Troupe.Models.Checkpoints;

namespace Troupe.Engine.Tests.Sampling;

/// <summary>Recorded logits, parameters and what the reference made of them.</summary>
internal sealed class SamplingGolden
{
    private readonly Dictionary<string, float[]> _tensors;

    private SamplingGolden()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Fixtures", "sampling");
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));
        Cases = [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(element => element.Clone())];
        using var tensors = SafetensorsFile.Open(Path.Combine(folder, "expected.safetensors"));
        _tensors = tensors.Tensors.ToDictionary(pair => pair.Key, pair => MemoryMarshal.Cast<byte, float>(pair.Value.Bytes).ToArray());
    }

    public static SamplingGolden Load { get; } = new();

    public IReadOnlyList<JsonElement> Cases { get; }

    public IEnumerable<JsonElement> OfKind(string kind) => Cases.Where(element => element.GetProperty("kind").GetString() == kind);

    public JsonElement Named(string name) => Cases.Single(element => element.GetProperty("name").GetString() == name);

    public float[] Tensor(JsonElement key) => _tensors[key.GetString()!];

    public static int[] Ids(JsonElement list) => [.. list.EnumerateArray().Select(id => id.GetInt32())];

    public static SamplingParameters Parameters(JsonElement parameters)
    {
        var sampling = new SamplingParameters { Temperature = 1 };
        foreach (var parameter in parameters.EnumerateObject())
            sampling = With(sampling, parameter.Name, parameter.Value);
        return sampling;
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
        "allowed_token_ids" => sampling with { AllowedTokenIds = Ids(value) },
        "suppress_token_ids" => sampling with { SuppressTokenIds = Ids(value) },
        "logit_bias" => sampling with
        {
            LogitBias = value.EnumerateObject().ToDictionary(bias => int.Parse(bias.Name, CultureInfo.InvariantCulture), bias => bias.Value.GetSingle()),
        },
        _ => throw new ArgumentException($"The golden knows a parameter that this test does not: {name}."),
    };

    /// <summary>A logit in JSON, where infinities and NaN are strings.</summary>
    public static float Logit(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetSingle() : value.GetString() switch
        {
            "nan" => float.NaN,
            "inf" => float.PositiveInfinity,
            "-inf" => float.NegativeInfinity,
            var other => throw new ArgumentException(other),
        };
}
