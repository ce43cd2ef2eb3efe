using Troupe.Engine;
using Troupe.Engine.Sampling;
using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>An answer stops after its end token, which it includes.</summary>
public sealed class StopKind : ICaseKind
{
    public bool Takes(GoldenCase golden) => golden.Kind == "statement" && golden.Has("eos_token_id") && golden.Has("new_tokens");

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        var about = golden.Text("about");
        var subject = golden.Folder.Cases.First(one => one.Has("messages") && about.Contains(one.Name, StringComparison.Ordinal));
        var scene = ChatScene.From(subject, model);
        var prompt = scene.With(model.Float32.Encode(scene.Pictures, new Observations()));
        var answer = Generation.Run(model.Float32.Decoder, model.Tokenizer, [prompt], new SamplingParameters { MaxTokens = 64, StopTokenIds = golden.Numbers("eos_token_id") })[0];
        report.Ids("new_tokens", golden.Numbers("new_tokens"), answer.Ids);
        report.Fact("finish", answer.Finish == FinishReason.Stop, () => $"Stop was expected, found {answer.Finish}");
    }
}
