using Troupe.Models.Vision;
using Troupe.Models.Vision.Idefics3;
using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>A conversation with pictures from end to end: prompt, pixels, features, logits, answer.</summary>
public sealed class VisionChatKind : ICaseKind
{
    private const string Bf16 = "_bf16";

    /// <summary>Tensors that are not shown by a forward pass.</summary>
    private static readonly string[] Made =
        ["input_ids", "attention_mask", Idefics3ImageProcessor.PixelValues, Idefics3ImageProcessor.PixelAttentionMask, "logits", "greedy_tokens", "greedy_top2", "greedy_logits"];

    public bool Takes(GoldenCase golden) => golden.Kind == "vision_chat";

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        var generation = golden.Optional("add_generation_prompt")?.GetBoolean() ?? false;
        report.Text("rendered_prompt", golden.Text("rendered_prompt"), ChatTemplateKind.Render(model, golden.Element("messages"), generation));
        var scene = ChatScene.From(golden, model);
        report.Tensor("input_ids", scene.Prompt.TokenIds);
        report.Tensor("attention_mask", [.. scene.Prompt.TokenIds.Select(_ => 1)]);
        if (golden.Has("prompt_tokens"))
            report.Ids("prompt_tokens", [golden.Number("prompt_tokens")], [scene.Prompt.TokenIds.Length]);
        Pixels(golden, report, scene);

        Forward(golden, report, scene, model.Float32, "", Precision.Float32);
        if (golden.TensorNames.Any(name => name.EndsWith(Bf16, StringComparison.Ordinal)))
            Forward(golden, report, scene, model.BFloat16, Bf16, Precision.BFloat16);
        Answer(golden, report, scene.With(model.Float32.Encode(scene.Pictures, new Observations())), model);
    }

    private static void Pixels(GoldenCase golden, CaseReport report, ChatScene scene)
    {
        if (golden.HasTensor(Idefics3ImageProcessor.PixelValues))
            report.Tensor(Idefics3ImageProcessor.PixelValues, scene.Values(Idefics3ImageProcessor.PixelValues), Precision.Pixel);
        if (golden.HasTensor(Idefics3ImageProcessor.PixelAttentionMask))
            report.Tensor(Idefics3ImageProcessor.PixelAttentionMask, scene.Values(Idefics3ImageProcessor.PixelAttentionMask));
        foreach (var image in golden.Texts("images").Where(image => golden.HasTensor(Decoded(image))))
            report.Tensor(Decoded(image), [.. PictureDecoder.Decode(golden.Input(image), PictureLimits.Default).Pixels.Select(value => (int)value)]);
    }

    private static void Forward(GoldenCase golden, CaseReport report, ChatScene scene, ProductRun run, string suffix, Precision precision)
    {
        var seen = new Observations();
        var prompt = scene.With(run.Encode(scene.Pictures, seen));
        var logits = run.Prefill(prompt, seen);
        var decoded = golden.Texts("images").Select(Decoded).ToArray();
        foreach (var name in golden.TensorNames.Where(name => name.EndsWith(Bf16, StringComparison.Ordinal) == (suffix.Length > 0)))
        {
            var shown = name[..^suffix.Length];
            if (!Made.Contains(shown) && !decoded.Contains(shown))
                report.Tensor(name, seen[shown], precision);
        }
        if (golden.HasTensor("logits" + suffix))
            report.Tensor("logits" + suffix, [.. logits.Values.TakeLast(golden.Tensor("logits" + suffix).Values.Length)], precision);
        if (suffix.Length > 0 && golden.HasTensor("greedy_tokens" + suffix))
        {
            var tokens = golden.Tensor("greedy_tokens" + suffix).Ints;
            GreedyLogits.Follow(report, "greedy_tokens" + suffix, tokens, run.Follow(prompt, tokens));
        }
    }

    /// <summary>The greedy answer of a case by the engine, and the logits that led to it.</summary>
    public static void Answer(GoldenCase golden, CaseReport report, PreparedPrompt prompt, ProductModel model)
    {
        var tokens = golden.Tensor("greedy_tokens").Ints;
        var answer = Generation.Run(model.Float32.Decoder, model.Tokenizer, [prompt], GreedyKind.Sampling(model, tokens.Length))[0];
        report.Tensor("greedy_tokens", answer.Ids);
        if (golden.Has("greedy_text"))
            report.Text("greedy_text", golden.Text("greedy_text"), answer.Text);
        if (golden.Has("greedy_text_with_special"))
            report.Text("greedy_text_with_special", golden.Text("greedy_text_with_special"), model.Tokenizer.Decode(answer.Ids, skipSpecialTokens: false));
        if (!golden.HasTensor("greedy_top2") && !golden.HasTensor("greedy_logits"))
            return;
        var steps = model.Float32.Follow(prompt, tokens);
        if (golden.HasTensor("greedy_top2"))
            report.Tensor("greedy_top2", GreedyLogits.Top(steps, 2).Values);
        if (golden.HasTensor("greedy_logits"))
            report.Tensor("greedy_logits", [.. steps.SelectMany(logits => logits)]);
    }

    private static string Decoded(string image) => Path.GetFileNameWithoutExtension(image) + "_rgb";
}
