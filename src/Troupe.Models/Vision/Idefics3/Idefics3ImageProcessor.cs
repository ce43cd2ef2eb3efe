using System.Runtime.InteropServices;
using Troupe.Models.Checkpoints;
using Troupe.Models.Families;
using Troupe.Models.Vision.Resizing;

namespace Troupe.Models.Vision.Idefics3;

/// <summary>
/// Pictures as Idefics3 and SmolVLM take them: resized to a longest edge, stretched to whole tiles and cut row by row, with the
/// whole picture as one more tile at the end (transformers, Idefics3ImageProcessor). Safe for concurrent use.
/// </summary>
public sealed class Idefics3ImageProcessor(Idefics3ImageSettings settings)
{
    public const string PixelValues = "pixel_values";
    public const string PixelAttentionMask = "pixel_attention_mask";

    /// <summary>What the reference never exceeds in the first resize, whatever the settings say.</summary>
    private const int MaxSide = 4096;

    private readonly float[][] _values = [.. Enumerable.Range(0, RgbPicture.Channels).Select(channel => ValuesOfBytes(settings, channel))];

    /// <summary>No picture is cut into more rows or columns of tiles.</summary>
    public int MostTilesAlongSide => RoundUp(settings.DoResize ? Math.Min(settings.LongestEdge, MaxSide) : PictureLimits.Default.MaxSide) / settings.TileSide;

    /// <summary>The grid of a picture; reads no pixels.</summary>
    /// <param name="split">Overrides the settings' splitting when not null.</param>
    public TileGrid Plan(PictureSize picture, bool? split = null)
    {
        var resized = settings.DoResize ? ToLongestEdge(picture) : picture;
        var side = settings.TileSide;
        if (!(split ?? settings.DoImageSplitting))
            return new TileGrid(resized, new PictureSize(side, side), 0, 0);
        var tiling = ToWholeTiles(resized);
        return tiling.Width > side || tiling.Height > side
            ? new TileGrid(resized, tiling, tiling.Height / side, tiling.Width / side)
            : new TileGrid(resized, tiling, 0, 0);
    }

    /// <returns><c>pixel_values</c> F32 (tiles, 3, side, side) and <c>pixel_attention_mask</c> U8 (tiles, side, side): 1 = real pixel, all of them.</returns>
    /// <param name="split">Overrides the settings' splitting when not null.</param>
    public PreparedPicture Process(RgbPicture picture, bool? split = null)
    {
        var (grid, tiles) = Tiles(picture, split);
        var side = settings.TileSide;
        var values = new byte[(long)tiles.Count * RgbPicture.Channels * side * side * sizeof(float)];
        for (var i = 0; i < tiles.Count; i++)
            Normalise(tiles[i].Pixels, MemoryMarshal.Cast<byte, float>(values.AsSpan()).Slice(i * RgbPicture.Channels * side * side, RgbPicture.Channels * side * side));
        var mask = new byte[(long)tiles.Count * side * side];
        mask.AsSpan().Fill(1);
        return new PreparedPicture(
            new Dictionary<string, HostTensor>
            {
                [PixelValues] = new(ElementType.F32, [tiles.Count, RgbPicture.Channels, side, side], values),
                [PixelAttentionMask] = new(ElementType.U8, [tiles.Count, side, side], mask),
            },
            grid.Rows, grid.Columns);
    }

    /// <summary>The tiles as 8-bit pictures, in order. Every resize rounds to 8 bits, so three in a row are not one.</summary>
    internal (TileGrid Grid, IReadOnlyList<RgbPicture> Tiles) Tiles(RgbPicture picture, bool? split)
    {
        var grid = Plan(new PictureSize(picture.Width, picture.Height), split);
        var side = settings.TileSide;
        var opaque = settings.DoConvertRgb ? picture.OntoWhite() : picture;
        var whole = Resize(Resize(opaque, grid.Resized), grid.Tiling);
        var tiles = new List<RgbPicture>(grid.Tiles);
        for (var row = 0; row < grid.Rows; row++)
            for (var column = 0; column < grid.Columns; column++)
                tiles.Add(Crop(whole, column * side, row * side, side));
        tiles.Add(Resize(whole, new PictureSize(side, side)));
        return (grid, tiles);
    }

    private RgbPicture Resize(RgbPicture picture, PictureSize size) => PillowResize.Resize(picture, size.Width, size.Height, settings.Resample);

    /// <summary>The other edge follows the aspect ratio: cut to a whole number, then made even.</summary>
    private PictureSize ToLongestEdge(PictureSize picture)
    {
        var aspect = (double)picture.Width / picture.Height;
        var longest = settings.LongestEdge;
        var (width, height) = picture.Width >= picture.Height
            ? (longest, Even((int)(longest / aspect)))
            : (Even((int)(longest * aspect)), longest);
        (width, height) = (Math.Max(width, 1), Math.Max(height, 1));

        aspect = (double)width / height;
        if (width >= height && width > MaxSide)
            (width, height) = (MaxSide, (int)(MaxSide / aspect));
        else if (height > width && height > MaxSide)
            (width, height) = ((int)(MaxSide * aspect), MaxSide);
        return new PictureSize(Math.Max(width, 1), Math.Max(height, 1));
    }

    /// <summary>The longer edge is rounded up to whole tiles, the other recomputed from the aspect ratio before it is rounded up too.</summary>
    private PictureSize ToWholeTiles(PictureSize picture)
    {
        var aspect = (double)picture.Width / picture.Height;
        if (picture.Width >= picture.Height)
        {
            var width = RoundUp(picture.Width);
            return new PictureSize(width, RoundUp((int)(width / aspect)));
        }
        var height = RoundUp(picture.Height);
        return new PictureSize(RoundUp((int)(height * aspect)), height);
    }

    private int RoundUp(int pixels) => (Math.Max(pixels, 1) + settings.TileSide - 1) / settings.TileSide * settings.TileSide;

    private static int Even(int pixels) => pixels + (pixels & 1);

    private static RgbPicture Crop(RgbPicture picture, int left, int top, int side)
    {
        var pixels = new byte[side * side * RgbPicture.Channels];
        var row = side * RgbPicture.Channels;
        for (var y = 0; y < side; y++)
            picture.Pixels.AsSpan(((top + y) * picture.Width + left) * RgbPicture.Channels, row).CopyTo(pixels.AsSpan(y * row));
        return new RgbPicture(side, side, pixels);
    }

    /// <summary>(side, side, 3) bytes to (3, side, side) values.</summary>
    private void Normalise(ReadOnlySpan<byte> pixels, Span<float> values)
    {
        var plane = values.Length / RgbPicture.Channels;
        for (var channel = 0; channel < RgbPicture.Channels; channel++)
        {
            var table = _values[channel];
            var output = values.Slice(channel * plane, plane);
            for (int i = 0, o = channel; i < output.Length; i++, o += RgbPicture.Channels)
                output[i] = table[pixels[o]];
        }
    }

    /// <summary>(256): the value that each byte becomes; scaled in double precision, normalised in single, as the reference does.</summary>
    private static float[] ValuesOfBytes(Idefics3ImageSettings settings, int channel)
    {
        var (mean, deviation) = ((float)settings.ImageMean[channel], (float)settings.ImageStd[channel]);
        return
        [
            .. Enumerable.Range(0, 256).Select(value =>
            {
                var scaled = settings.DoRescale ? (float)(value * settings.RescaleFactor) : value;
                return settings.DoNormalize ? (scaled - mean) / deviation : scaled;
            }),
        ];
    }
}
