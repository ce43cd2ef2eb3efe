using Troupe.Engine.Sampling;
using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>A greedy answer by the engine, and the logits that led to it.</summary>
public sealed class GreedyKind : ICaseKind
{
    public bool Takes(GoldenCase golden) => golden.Kind == "greedy";

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        var prompt = ForwardKind.Prompt(golden, model);
        report.Tensor("input_ids", prompt.Ids);

        var tokens = golden.Tensor("tokens").Ints;
        var most = golden.Number("max_new_tokens");
        var steps = (golden.IsBf16 ? model.BFloat16 : model.Float32).Follow(prompt, tokens);
        if (golden.IsBf16)
            GreedyLogits.Follow(report, "tokens", tokens, steps);
        else
        {
            var answer = Generation.Run(model.Float32.Decoder, model.Tokenizer, [prompt], Sampling(model, most))[0];
            report.Tensor("tokens", answer.Ids);
            if (golden.Has("output_text_skip_special"))
                report.Text("output_text_skip_special", golden.Text("output_text_skip_special"), answer.Text);
        }
        if (golden.Has("output_text"))
            report.Text("output_text", golden.Text("output_text"), model.Tokenizer.Decode(tokens, skipSpecialTokens: false));
        Logits(golden, report, steps, golden.IsBf16 ? Precision.BFloat16 : Precision.Float32);
    }

    /// <summary>Greedy up to this many tokens, or one of the checkpoint's end tokens.</summary>
    public static SamplingParameters Sampling(ProductModel model, int most) =>
        new() { MaxTokens = most, StopTokenIds = model.Checkpoint.Generation.EndTokenIds };

    private static void Logits(GoldenCase golden, CaseReport report, IReadOnlyList<float[]> steps, Precision precision)
    {
        if (golden.HasTensor("margins"))
            report.Tensor("margins", GreedyLogits.Margins(steps), precision);
        if (golden.HasTensor("top5_ids"))
            report.Tensor("top5_ids", GreedyLogits.Top(steps, 5).Ids);
        if (golden.HasTensor("top5_logits"))
            report.Tensor("top5_logits", GreedyLogits.Top(steps, 5).Values, precision);
        if (golden.HasTensor("step_logits"))
            report.Tensor("step_logits", [.. steps.SelectMany(logits => logits)], precision);
    }
}
