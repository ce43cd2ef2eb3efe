using System.Text.Json;
using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>A prompt that is read in chunks has the logits of the prompt that is read at once, wherever it is cut, inside a picture too.</summary>
public sealed class ChunkedPrefillKind : ICaseKind
{
    public bool Takes(GoldenCase golden) => golden.Kind == "statement" && (golden.Has("splits") || golden.Has("first_chunk_tokens"));

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        var about = Subject(golden);
        var prompt = Prompt(about, model);
        double[] expected = about.Tensor("logits").Values;
        double[] whole = [.. model.Float32.Prefill(prompt, [prompt.Ids.Length]).Select(value => (double)value)];
        foreach (var cuts in Cuts(golden))
        {
            int[] ends = [.. cuts, prompt.Ids.Length];
            double[] chunked = [.. model.Float32.Prefill(prompt, ends.Select((end, i) => i == 0 ? end : end - ends[i - 1])).Select(value => (double)value)];
            report.Values($"cut at {string.Join(", ", cuts)}", expected, [.. chunked.TakeLast(expected.Length)]);
            report.Values($"cut at {string.Join(", ", cuts)}, itself", whole, chunked);
        }
    }

    /// <summary>The case that the statement is about: its text names it, else it is the one named forward.</summary>
    private static GoldenCase Subject(GoldenCase golden)
    {
        var about = golden.Optional("about")?.GetString() ?? "";
        return golden.Folder.Cases.FirstOrDefault(one => one.HasTensor("logits") && about.Contains(one.Name, StringComparison.Ordinal)) ?? golden.Folder.Case("forward");
    }

    private static PreparedPrompt Prompt(GoldenCase golden, ProductModel model)
    {
        if (!golden.Has("messages"))
            return ForwardKind.Prompt(golden, model);
        var scene = ChatScene.From(golden, model);
        return scene.With(model.Float32.Encode(scene.Pictures, new Observations()));
    }

    private static IEnumerable<int[]> Cuts(GoldenCase golden)
    {
        if (golden.Has("first_chunk_tokens"))
            yield return [golden.Number("first_chunk_tokens")];
        if (golden.Optional("splits") is { } splits)
            foreach (var split in splits.EnumerateArray())
                yield return split.ValueKind == JsonValueKind.Array ? GoldenRecord.Ints(split) : [split.GetInt32()];
    }
}
