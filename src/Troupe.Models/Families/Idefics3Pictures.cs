using Troupe.Models.Checkpoints;
using Troupe.Models.Vision.Idefics3;

namespace Troupe.Models.Families;

/// <summary>How a checkpoint of Idefics3 takes pictures: what prompt builder and encoder must agree on. Needs no weights.</summary>
/// <param name="Processor">Pictures to tiles.</param>
/// <param name="Layout">The text that stands for a picture.</param>
internal sealed record Idefics3Pictures(Idefics3Config Config, Idefics3ImageProcessor Processor, Idefics3PromptLayout Layout)
{
    /// <exception cref="CheckpointException">Settings are missing, of the wrong kind, or do not fit together.</exception>
    public static Idefics3Pictures From(Checkpoint checkpoint)
    {
        var config = Idefics3Config.From(checkpoint.Config);
        var section = checkpoint.Preprocessor ?? throw new CheckpointException(
            $"{checkpoint.Directory}: preprocessor_config.json is missing; it says how pictures are resized and split.");
        var settings = Idefics3ImageSettings.From(section);
        var patches = settings.TileSide / config.Vision.PatchSize;
        if (patches == 0 || patches % config.ScaleFactor != 0)
            throw section.Invalid("max_image_size", $"tiles whose patches along a side ({patches}) are a multiple of scale_factor ({config.ScaleFactor})");

        var rows = config.TokensPerTile(settings.TileSide);
        var length = checkpoint.Processor?.Int("image_seq_len", rows) ?? rows;
        if (length != rows)
            throw checkpoint.Processor!.Invalid("image_seq_len", $"{rows}, the feature rows that the model makes of a tile of {settings.TileSide} pixels,");
        return new Idefics3Pictures(config, new Idefics3ImageProcessor(settings), LayoutFrom(checkpoint.SpecialTokens, length));
    }

    /// <summary>SmolVLM's tokenizer settings may rename the tokens around a picture.</summary>
    private static Idefics3PromptLayout LayoutFrom(IReadOnlyDictionary<string, string> tokens, int length)
    {
        var layout = new Idefics3PromptLayout(length);
        return layout with
        {
            FakeToken = tokens.GetValueOrDefault("fake_image_token", layout.FakeToken),
            ImageToken = tokens.GetValueOrDefault("image_token", layout.ImageToken),
            GlobalToken = tokens.GetValueOrDefault("global_image_token", layout.GlobalToken),
        };
    }
}
