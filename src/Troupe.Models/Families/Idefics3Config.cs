using Troupe.Models.Checkpoints;
using Troupe.Models.Decoders;
using Troupe.Models.Vision;

namespace Troupe.Models.Families;

/// <summary>Sizes and switches of Idefics3 and SmolVLM, with the reference's defaults.</summary>
/// <param name="ScaleFactor">Side of the blocks that pixel shuffle folds into channels.</param>
/// <param name="ImageTokenId">The placeholder that one feature row replaces.</param>
public sealed record Idefics3Config(VisionTransformerShape Vision, LlamaConfig Text, int ScaleFactor, int ImageTokenId)
{
    /// <summary>Feature rows of a tile of this many pixels along a side.</summary>
    public int TokensPerTile(int tileSide)
    {
        var side = tileSide / Vision.PatchSize / ScaleFactor;
        return side * side;
    }

    /// <exception cref="CheckpointException">A value is of the wrong kind, or sizes do not fit together.</exception>
    public static Idefics3Config From(ConfigSection config)
    {
        var text = config.Section("text_config");
        if (text.String("model_type", "llama") != "llama")
            throw text.Invalid("model_type", "llama");
        var result = new Idefics3Config(
            Tower(config.Section("vision_config")),
            LlamaConfig.From(text) with { TieWordEmbeddings = config.Bool("tie_word_embeddings", false) },
            config.Int("scale_factor", 2),
            config.Int("image_token_id", 128_257));
        return result.ScaleFactor > 0 ? result : throw config.Invalid("scale_factor", "a number over 0");
    }

    private static VisionTransformerShape Tower(ConfigSection config)
    {
        var shape = new VisionTransformerShape(
            config.Int("hidden_size", 1152),
            config.Int("intermediate_size", 3072),
            config.Int("num_hidden_layers", 12),
            config.Int("num_attention_heads", 16),
            config.Int("num_channels", 3),
            config.Int("image_size", 224),
            config.Int("patch_size", 32),
            config.String("hidden_act", "gelu_pytorch_tanh"),
            config.Float("layer_norm_eps", 1e-6f));
        if (shape.PatchSize <= 0 || shape.ImageSize < shape.PatchSize)
            throw config.Invalid("patch_size", $"a number from 1 to image_size ({shape.ImageSize})");
        if (shape.Heads <= 0 || shape.HiddenSize % shape.Heads != 0)
            throw config.Invalid("num_attention_heads", $"a divisor of hidden_size ({shape.HiddenSize})");
        return shape;
    }
}
