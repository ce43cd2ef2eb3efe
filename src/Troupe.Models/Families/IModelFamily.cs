using Troupe.Models.Checkpoints;
using Troupe.Models.Decoders;
using Troupe.Models.Devices;

namespace Troupe.Models.Families;

/// <summary>Which tower, projector, decoder and prompt layout make a model. One file per family; <c>model_type</c> of config.json picks it. Stateless.</summary>
public interface IModelFamily
{
    /// <summary>The <c>model_type</c> values that this family serves.</summary>
    IReadOnlyList<string> ModelTypes { get; }

    /// <summary>The model's limits, from its settings alone.</summary>
    /// <exception cref="CheckpointException">config.json is not one of this family.</exception>
    ModelDescription Describe(Checkpoint checkpoint);

    /// <summary>The text role's part: conversation to token ids and media slots. Needs no weights.</summary>
    /// <exception cref="CheckpointException">Tokenizer, template and settings are missing, not supported, or do not fit together.</exception>
    IPromptBuilder CreatePromptBuilder(Checkpoint checkpoint);

    /// <summary>The vision role's part; null for a family without pictures. Reads the weights of tower and projector alone.</summary>
    /// <exception cref="CheckpointException">Settings or weights are missing, not supported, or do not fit together.</exception>
    IImageEncoder? CreateImageEncoder(Checkpoint checkpoint, TorchDevice device);

    /// <summary>The decode role's part. Reads the weights of the decoder alone.</summary>
    /// <exception cref="CheckpointException">Settings or weights are missing, not supported, or do not fit together.</exception>
    IDecoder CreateDecoder(Checkpoint checkpoint, TorchDevice device);
}

/// <summary>Kinds of input, as they are named in settings and messages.</summary>
public static class Modality
{
    public const string Text = "text";
    public const string Image = "image";
}
