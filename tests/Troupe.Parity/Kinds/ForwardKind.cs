using Troupe.Engine.Sampling;
using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>A text through the decoder: ids, everything between, logits of every position.</summary>
public sealed class ForwardKind : ICaseKind
{
    public bool Takes(GoldenCase golden) => golden.Kind == "forward" && golden.HasTensor("logits");

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        var precision = golden.IsBf16 ? Precision.BFloat16 : Precision.Float32;
        var prompt = Prompt(golden, model);
        report.Tensor("input_ids", prompt.Ids);

        var seen = new Observations();
        var logits = (golden.IsBf16 ? model.BFloat16 : model.Float32).Prefill(prompt, seen);
        foreach (var name in golden.TensorNames.Except(["input_ids", "logits", "prompt_logprobs"]))
            report.Tensor(name, seen[name], precision);
        report.Tensor("logits", logits.Values, precision);
        if (golden.HasTensor("prompt_logprobs"))
            report.Tensor("prompt_logprobs", [.. prompt.Ids.Skip(1).Select((id, row) => TokenDistribution.Logprobs(logits.Row(row), id, 0).Logprob)], precision);
    }

    /// <summary>The text of a case with the start tokens that the tokenizer adds.</summary>
    public static PreparedPrompt Prompt(GoldenCase golden, ProductModel model) =>
        PreparedPrompt.Text(model.Tokenizer.Encode(golden.Record("input").Text("text"), addSpecialTokens: true));
}
