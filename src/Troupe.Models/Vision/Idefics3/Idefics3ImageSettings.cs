using Troupe.Models.Checkpoints;
using Troupe.Models.Vision.Resizing;

namespace Troupe.Models.Vision.Idefics3;

/// <summary>What preprocessor_config.json says about Idefics3 pictures; what it does not say has the reference's default (Idefics3ImageProcessor).</summary>
public sealed record Idefics3ImageSettings
{
    /// <summary>Whether a transparent colour is composited onto white; pictures come as RGB in any case.</summary>
    public bool DoConvertRgb { get; init; } = true;

    public bool DoResize { get; init; } = true;

    /// <summary>Longer side after the first resize, in pixels (<c>size.longest_edge</c>).</summary>
    public int LongestEdge { get; init; } = 4 * 364;

    /// <summary>Side of a tile in pixels (<c>max_image_size.longest_edge</c>).</summary>
    public int TileSide { get; init; } = 364;

    public ResampleFilter Resample { get; init; } = ResampleFilter.Lanczos;

    public bool DoImageSplitting { get; init; } = true;

    public bool DoRescale { get; init; } = true;

    public double RescaleFactor { get; init; } = 1 / 255.0;

    public bool DoNormalize { get; init; } = true;

    /// <summary>Red, green, blue.</summary>
    public IReadOnlyList<double> ImageMean { get; init; } = [0.5, 0.5, 0.5];

    /// <summary>Red, green, blue.</summary>
    public IReadOnlyList<double> ImageStd { get; init; } = [0.5, 0.5, 0.5];

    /// <exception cref="CheckpointException">A value has the wrong type or is out of range.</exception>
    public static Idefics3ImageSettings From(ConfigSection section)
    {
        var defaults = new Idefics3ImageSettings();
        // do_pad has no effect within one picture: its tiles are all of one size.
        section.Bool("do_pad", true);
        return new Idefics3ImageSettings
        {
            DoConvertRgb = section.Bool("do_convert_rgb", defaults.DoConvertRgb),
            DoResize = section.Bool("do_resize", defaults.DoResize),
            LongestEdge = Edge(section, "size", defaults.LongestEdge),
            TileSide = Edge(section, "max_image_size", defaults.TileSide),
            Resample = Filter(section, defaults.Resample),
            DoImageSplitting = section.Bool("do_image_splitting", defaults.DoImageSplitting),
            DoRescale = section.Bool("do_rescale", defaults.DoRescale),
            RescaleFactor = section.Double("rescale_factor", defaults.RescaleFactor),
            DoNormalize = section.Bool("do_normalize", defaults.DoNormalize),
            ImageMean = Channels(section, "image_mean", defaults.ImageMean),
            ImageStd = Channels(section, "image_std", defaults.ImageStd),
        };
    }

    private static int Edge(ConfigSection section, string key, int fallback)
    {
        const int Most = 16_384;
        if (section.OptionalSection(key) is not { } size)
            return fallback;
        var edge = size.Int("longest_edge", fallback);
        return edge is > 0 and <= Most ? edge : throw size.Invalid("longest_edge", $"1 to {Most} pixels");
    }

    private static ResampleFilter Filter(ConfigSection section, ResampleFilter fallback)
    {
        var filter = (ResampleFilter)section.Int("resample", (int)fallback);
        return Enum.IsDefined(filter) ? filter : throw section.Invalid("resample", "0 to 5");
    }

    private static IReadOnlyList<double> Channels(ConfigSection section, string key, IReadOnlyList<double> fallback)
    {
        var values = section.Doubles(key, fallback);
        return values.Count == RgbPicture.Channels ? values : throw section.Invalid(key, "three numbers");
    }
}
