using Troupe.Models.Checkpoints;
using Troupe.Models.Decoders;
using Troupe.Models.Devices;
using Troupe.Models.Operations;
using Troupe.Models.Vision;

namespace Troupe.Models.Families;

/// <summary>Idefics3 and SmolVLM (Laurençon et al., 2024; Marafioti et al., 2025): a SigLIP tower over tiles, pixel shuffle, one projection, a Llama decoder.</summary>
internal sealed class Idefics3Family : IModelFamily
{
    public IReadOnlyList<string> ModelTypes { get; } = ["idefics3", "smolvlm"];

    public ModelDescription Describe(Checkpoint checkpoint)
    {
        var text = Idefics3Config.From(checkpoint.Config).Text;
        return new ModelDescription(checkpoint.ModelType, [Modality.Text, Modality.Image], text.MaxPositions, text.VocabularySize);
    }

    public IPromptBuilder CreatePromptBuilder(Checkpoint checkpoint) =>
        Idefics3PromptBuilder.From(checkpoint, Idefics3Pictures.From(checkpoint));

    public IImageEncoder CreateImageEncoder(Checkpoint checkpoint, TorchDevice device)
    {
        var pictures = Idefics3Pictures.From(checkpoint);
        return WeightLoader.Load(checkpoint, device, weights => new Idefics3ImageEncoder(
            pictures,
            new VisionTransformer(pictures.Config.Vision, weights.Operations, weights.UnderFirst("model.vision_model.", "vision_model.")),
            weights.Operations,
            weights.UnderFirst("model.connector.", "connector.")));
    }

    public IDecoder CreateDecoder(Checkpoint checkpoint, TorchDevice device) =>
        WeightLoader.Load(checkpoint, device, weights => new LlamaDecoder(
            Idefics3Config.From(checkpoint.Config).Text, weights.Operations, weights.UnderFirst("model.text_model.", "text_model."), weights));
}
