using Troupe.Models.Decoders;
using Troupe.Models.Families;
using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>Names and shapes of the weights, and what follows from config.json alone.</summary>
public sealed class CheckpointKind : ICaseKind
{
    public bool Takes(GoldenCase golden) => golden.Kind == "checkpoint";

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        var stored = model.Checkpoint.Weights.Tensors;
        var expected = golden.Element("weights").EnumerateObject().ToDictionary(weight => weight.Name, weight => string.Join(", ", GoldenRecord.Ints(weight.Value)));
        report.Text("weights", Lines(expected), Lines(stored.ToDictionary(pair => pair.Key, pair => string.Join(", ", pair.Value.Shape))));
        if (golden.Has("shards"))
            report.Fact("shards", golden.Texts("shards").All(shard => File.Exists(Path.Combine(model.Checkpoint.Directory, shard))), () => "a shard is missing");

        var description = ModelFamilies.For(model.Checkpoint).Describe(model.Checkpoint);
        report.Ids("vocabulary and context", [model.Float32.Decoder.VocabularySize, model.Float32.Decoder.ContextLength], [description.VocabularySize, description.ContextLength]);
        if (golden.Optional("rope_inv_freq") is { } frequencies)
        {
            var config = LlamaConfig.From(model.Checkpoint.Config);
            report.Values("rope_inv_freq",
                [.. frequencies.EnumerateArray().Select(frequency => frequency.GetDouble())],
                [.. RotaryFrequencies.From(config.Rope, config.HeadDim).Inverse.Select(frequency => (double)frequency)]);
        }
    }

    private static string Lines(Dictionary<string, string> weights) =>
        string.Join("; ", weights.OrderBy(weight => weight.Key, StringComparer.Ordinal).Select(weight => $"{weight.Key} ({weight.Value})"));
}
