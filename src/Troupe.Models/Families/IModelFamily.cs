using Troupe.Models.Checkpoints;
using Troupe.Models.Decoders;
using Troupe.Models.Devices;

namespace Troupe.Models.Families;

/// <summary>Which tower, projector, decoder and prompt layout make a model. One file per family; <c>model_type</c> of config.json picks it.</summary>
public interface IModelFamily
{
    /// <summary>The <c>model_type</c> values that this family serves.</summary>
    IReadOnlyList<string> ModelTypes { get; }

    /// <summary>Kinds of input that a message may hold: <c>text</c>, <c>image</c>.</summary>
    IReadOnlyList<string> Modalities { get; }

    /// <summary>The text role's part: conversation to token ids and media slots. Needs no weights.</summary>
    IPromptBuilder CreatePromptBuilder(Checkpoint checkpoint);

    /// <summary>The vision role's part; null for a family without pictures.</summary>
    IImageEncoder? CreateImageEncoder(Checkpoint checkpoint, TorchDevice device);

    /// <summary>The decode role's part.</summary>
    IDecoder CreateDecoder(Checkpoint checkpoint, TorchDevice device);
}
