using Troupe.Models.Families;
using Troupe.Models.Vision.Idefics3;
using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>Given pixels, mask and ids: encoder and decoder without prompt and picture processing.</summary>
public sealed class VisionForwardKind : ICaseKind
{
    private static readonly string[] Given = ["input_ids", Idefics3ImageProcessor.PixelValues, Idefics3ImageProcessor.PixelAttentionMask, "logits", "greedy_tokens", "greedy_top2"];

    public bool Takes(GoldenCase golden) => golden.Kind == "vision_forward";

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        var pixels = golden.Tensor(Idefics3ImageProcessor.PixelValues);
        var picture = PictureValues.From(pixels.Floats, golden.Tensor(Idefics3ImageProcessor.PixelAttentionMask).Values, pixels.Width);
        var ids = golden.Tensor("input_ids").Ints;
        golden.Pass("rendered_prompt"); // the ids are given

        var seen = new Observations();
        var features = model.Float32.Encode([picture], seen);
        var prompt = new PreparedPrompt(ids, Slots(ids, model.Checkpoint.Config.Int("image_token_id")), features);
        var logits = model.Float32.Prefill(prompt, seen);
        foreach (var name in golden.TensorNames.Except(Given))
            report.Tensor(name, seen[name]);
        report.Tensor("logits", [.. logits.Values.TakeLast(golden.Tensor("logits").Values.Length)]);
        VisionChatKind.Answer(golden, report, prompt, model);
    }

    private static MediaSlot[] Slots(int[] ids, int placeholder) =>
        [.. Enumerable.Range(0, ids.Length).Where(position => ids[position] == placeholder).Select((position, row) => new MediaSlot(0, row, position, 1))];
}
