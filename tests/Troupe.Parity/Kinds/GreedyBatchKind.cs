using Troupe.Models.Decoders;
using Troupe.Models.Operations;
using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>Several texts together. The reference pads them to one length; the product mixes rows of any length in a step, so the real positions are compared.</summary>
public sealed class GreedyBatchKind : ICaseKind
{
    public bool Takes(GoldenCase golden) => golden.Kind == "greedy_batch";

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        var input = golden.Record("input");
        PreparedPrompt[] prompts = [.. input.Texts("texts").Select(text => PreparedPrompt.Text(model.Tokenizer.Encode(text, addSpecialTokens: true)))];
        var batch = new PaddedBatch(golden, input.Text("padding_side") == "left", input.Number("pad_token_id"));
        report.Text("pad_token", input.Text("pad_token"), model.Tokenizer.Decode([input.Number("pad_token_id")], skipSpecialTokens: false));

        batch.Compare(report, "input_ids", [.. prompts.Select(prompt => prompt.Ids)], padding: batch.Pad);
        batch.Compare(report, "attention_mask", [.. prompts.Select(prompt => prompt.Ids.Select(_ => 1).ToArray())], padding: 0);
        if (golden.HasTensor("position_ids"))
            batch.Compare(report, "position_ids", [.. prompts.Select(prompt => Positions(model, prompt))], padding: 0);

        var logits = golden.HasTensor("prefill_last_logits") ? "prefill_last_logits" : "first_logits";
        report.Tensor(logits, model.Float32.Prefill(prompts).Values);
        var answers = Generation.Run(model.Float32.Decoder, model.Tokenizer, prompts, GreedyKind.Sampling(model, golden.Number("max_new_tokens")));
        report.Tensor("tokens", [.. answers.SelectMany(answer => answer.Ids)]);
    }

    private static int[] Positions(ProductModel model, PreparedPrompt prompt)
    {
        using var cache = model.Float32.Decoder.CreateCache();
        return new Step([prompt.Whole(cache, LogitRows.None)]).Positions;
    }
}
