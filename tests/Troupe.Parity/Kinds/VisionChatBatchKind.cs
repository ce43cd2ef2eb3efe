using Troupe.Models.Families;
using Troupe.Models.Vision.Idefics3;
using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>Several conversations together: the reference pads ids on the left and pictures with empty tiles; the product is given the empty tiles and drops them.</summary>
public sealed class VisionChatBatchKind : ICaseKind
{
    public bool Takes(GoldenCase golden) => golden.Kind == "vision_chat_batch";

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        ChatScene[] scenes = [.. golden.Texts("members").Select(name => ChatScene.From(golden.Folder.Case(name), model))];
        var pad = model.Checkpoint.Generation.PadTokenId ?? throw new InvalidDataException("The checkpoint names no padding token.");
        var batch = new PaddedBatch(golden, Left: true, pad);
        batch.Compare(report, "input_ids", [.. scenes.Select(scene => scene.Prompt.TokenIds)], padding: pad);
        batch.Compare(report, "attention_mask", [.. scenes.Select(scene => scene.Prompt.TokenIds.Select(_ => 1).ToArray())], padding: 0);

        var shape = golden.Numbers("pixel_values_shape");                              // rows, tiles, channels, height, width
        var padded = scenes.Select(scene => PictureValues.Padded(scene.Pictures, shape[1], shape[^1])).ToArray();
        report.Tensor(Idefics3ImageProcessor.PixelAttentionMask, [.. padded.SelectMany(row => PictureValues.Read(row.Tensors[Idefics3ImageProcessor.PixelAttentionMask]))]);

        // A row's features are those of its pictures end to end, so the row counts as one medium.
        var features = model.Float32.Encode(padded, new Observations());
        for (var row = 0; row < scenes.Length; row++)
            report.Values($"row {row} features", Embeddings(model.Float32.Encode(scenes[row].Pictures, new Observations())), Embeddings([features[row]]));
        PreparedPrompt[] prompts = [.. scenes.Select((scene, row) => new PreparedPrompt(scene.Prompt.TokenIds, OneMedium(scene), [features[row]]))];
        report.Tensor("first_logits", model.Float32.Prefill(prompts).Values);
        var answers = Generation.Run(model.Float32.Decoder, model.Tokenizer, prompts, GreedyKind.Sampling(model, golden.Tensor("greedy_tokens").Width));
        report.Tensor("greedy_tokens", [.. answers.SelectMany(answer => answer.Ids)]);
        foreach (var (text, answer) in golden.Texts("greedy_text").Zip(answers))
            report.Text("greedy_text", text, answer.Text);
    }

    private static double[] Embeddings(IReadOnlyList<FeatureSet> features) =>
        [.. features.SelectMany(feature => PictureValues.Read(feature.Tensors[FeatureSet.Embeddings])).Select(value => (double)value)];

    private static MediaSlot[] OneMedium(ChatScene scene)
    {
        var rows = 0;
        return [.. scene.Prompt.Slots.Select(slot =>
        {
            var start = rows;
            rows += slot.Length;
            return slot with { Medium = 0, FeatureStart = start };
        })];
    }
}
