using Troupe.Models.Vision;
using Troupe.Models.Vision.Idefics3;
using Troupe.Parity.Product;

namespace Troupe.Parity.Kinds;

/// <summary>What references record of a large tile (3, side, side) instead of all its pixels.</summary>
internal sealed class TileStatistics
{
    private readonly float[][] _channels;
    private readonly int _side;
    private readonly Idefics3ImageSettings _settings;

    private TileStatistics(float[][] channels, int side, Idefics3ImageSettings settings) => (_channels, _side, _settings) = (channels, side, settings);

    public IEnumerable<double> Means => _channels.Select(values => values.Average(value => (double)value));

    /// <summary>Of the population.</summary>
    public IEnumerable<double> Deviations => _channels.Zip(Means, (values, mean) => Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));

    /// <summary>Sums of the 8-bit values before they were rescaled and normalised.</summary>
    public IEnumerable<double> ByteSums => _channels.Select((values, channel) =>
        values.Sum(value => Math.Round((value * _settings.ImageStd[channel] + _settings.ImageMean[channel]) / _settings.RescaleFactor)));

    public static IEnumerable<TileStatistics> From(PreparedPicture picture, Idefics3ImageSettings settings)
    {
        var pixels = picture.Tensors[Idefics3ImageProcessor.PixelValues];
        var side = (int)pixels.Shape[^1];
        return PictureValues.Read(pixels).Chunk(side * side).Chunk(3).Select(channels => new TileStatistics(channels, side, settings));
    }

    /// <summary>(3, size, size) from this row and column on.</summary>
    public IEnumerable<float> Crop(int top, int left, int size) => _channels.SelectMany(values =>
        Enumerable.Range(top, size).SelectMany(y => values.Skip(y * _side + left).Take(size)));
}
