using Troupe.Models.Checkpoints;
using Troupe.Models.Decoders;

namespace Troupe.Models.Families;

/// <summary>Sizes and switches of Idefics3 and SmolVLM, with the reference's defaults.</summary>
/// <param name="ScaleFactor">Side of the blocks that pixel shuffle folds into channels.</param>
/// <param name="ImageTokenId">The placeholder that one feature row replaces.</param>
public sealed record Idefics3Config(Idefics3VisionConfig Vision, LlamaConfig Text, int ScaleFactor, int ImageTokenId)
{
    /// <summary>Feature rows of one tile.</summary>
    public int TokensPerTile => Vision.Side * Vision.Side / (ScaleFactor * ScaleFactor);

    /// <exception cref="CheckpointException">A value is of the wrong kind, or sizes do not fit together.</exception>
    public static Idefics3Config From(ConfigSection config)
    {
        var text = LlamaConfig.From(config.Section("text_config"));
        var tied = config.Bool("tie_word_embeddings", text.TieWordEmbeddings);
        var result = new Idefics3Config(
            Idefics3VisionConfig.From(config.OptionalSection("vision_config") ?? throw config.Invalid("vision_config", "an object")),
            text with { TieWordEmbeddings = tied },
            config.Int("scale_factor", 2),
            config.Int("image_token_id", 128_257));
        if (result.ScaleFactor <= 0 || result.Vision.Side % result.ScaleFactor != 0)
            throw config.Invalid("scale_factor", $"a divisor of the {result.Vision.Side} patches along a side");
        return result;
    }
}

/// <summary>The SigLIP-style tower of Idefics3.</summary>
public sealed record Idefics3VisionConfig(
    int HiddenSize, int IntermediateSize, int Layers, int Heads, int Channels, int ImageSize, int PatchSize, string HiddenActivation, float LayerNormEpsilon)
{
    /// <summary>Patches along one side of a tile.</summary>
    public int Side => ImageSize / PatchSize;

    public static Idefics3VisionConfig From(ConfigSection config)
    {
        var vision = new Idefics3VisionConfig(
            config.Int("hidden_size", 1152),
            config.Int("intermediate_size", 3072),
            config.Int("num_hidden_layers", 12),
            config.Int("num_attention_heads", 16),
            config.Int("num_channels", 3),
            config.Int("image_size", 224),
            config.Int("patch_size", 32),
            config.String("hidden_act", "gelu_pytorch_tanh"),
            config.Float("layer_norm_eps", 1e-6f));
        if (vision.PatchSize <= 0 || vision.ImageSize < vision.PatchSize)
            throw config.Invalid("patch_size", $"a number from 1 to image_size ({vision.ImageSize})");
        if (vision.Heads <= 0 || vision.HiddenSize % vision.Heads != 0)
            throw config.Invalid("num_attention_heads", $"a divisor of hidden_size ({vision.HiddenSize})");
        return vision;
    }
}
