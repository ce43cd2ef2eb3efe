using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>A greedy answer with rules on its logits.</summary>
public sealed class GreedyProcessedKind : ICaseKind
{
    public bool Takes(GoldenCase golden) => golden.Kind == "greedy_processed";

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        // The reference cuts the run where its margin falls too low.
        var tokens = golden.Tensor("tokens").Ints;
        var sampling = SamplingFields.Read(golden.Element("options"), GreedyKind.Sampling(model, tokens.Length)) with { MaxTokens = tokens.Length };
        report.Tensor("tokens", Generation.Run(model.Float32.Decoder, model.Tokenizer, [ForwardKind.Prompt(golden, model)], sampling)[0].Ids);
    }
}
