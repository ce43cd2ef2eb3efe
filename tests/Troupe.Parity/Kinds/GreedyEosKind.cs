using Troupe.Engine;
using Troupe.Engine.Sampling;
using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>An answer ends with its end token while the others of the batch go on.</summary>
public sealed class GreedyEosKind : ICaseKind
{
    public bool Takes(GoldenCase golden) => golden.Kind == "greedy_eos" && golden.HasTensor("batch_tokens");

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        var batch = golden.Tensor("batch_tokens");
        var sampling = new SamplingParameters { MaxTokens = batch.Width, StopTokenIds = golden.Numbers("eos_token_ids") };

        var alone = Generation.Run(model.Float32.Decoder, model.Tokenizer, [ForwardKind.Prompt(golden, model)], sampling)[0];
        report.Tensor("tokens", alone.Ids);
        report.Ids("stop_index", [golden.Number("stop_index")], [alone.Ids.Length - 1]);
        report.Fact("finish", alone.Finish == FinishReason.Stop, () => $"Stop was expected, found {alone.Finish}");

        PreparedPrompt[] prompts = [.. golden.Record("input").Texts("texts").Select(text => PreparedPrompt.Text(model.Tokenizer.Encode(text, addSpecialTokens: true)))];
        var answers = Generation.Run(model.Float32.Decoder, model.Tokenizer, prompts, sampling);
        var pad = model.Checkpoint.Generation.PadTokenId ?? throw new InvalidDataException("The checkpoint names no padding token.");
        report.Tensor("batch_tokens", [.. answers.SelectMany(answer => answer.Ids.Concat(Enumerable.Repeat(pad, batch.Width - answer.Ids.Length)))]);
    }
}
