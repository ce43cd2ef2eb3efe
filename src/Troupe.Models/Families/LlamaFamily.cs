using Troupe.Models.Checkpoints;
using Troupe.Models.Decoders;
using Troupe.Models.Devices;
using Troupe.Models.Operations;
using Troupe.Models.Text;

namespace Troupe.Models.Families;

/// <summary>Llama (Touvron et al., 2023): a decoder, text alone.</summary>
internal sealed class LlamaFamily : IModelFamily
{
    public IReadOnlyList<string> ModelTypes { get; } = ["llama"];

    public ModelDescription Describe(Checkpoint checkpoint)
    {
        var config = LlamaConfig.From(checkpoint.Config);
        return new ModelDescription(checkpoint.ModelType, [Modality.Text], config.MaxPositions, config.VocabularySize);
    }

    public IPromptBuilder CreatePromptBuilder(Checkpoint checkpoint) =>
        new TextPromptBuilder(ConversationRenderer.From(checkpoint), TokenizerLoader.Load(checkpoint.TokenizerJson));

    public IImageEncoder? CreateImageEncoder(Checkpoint checkpoint, TorchDevice device) => null;

    public IDecoder CreateDecoder(Checkpoint checkpoint, TorchDevice device) =>
        WeightLoader.Load(checkpoint, device, weights =>
            new LlamaDecoder(LlamaConfig.From(checkpoint.Config), weights.Operations, weights.UnderFirst("model.", ""), weights));
}
