using System.Runtime.InteropServices;

namespace Troupe.Models.Vision.Resizing;

/// <summary>Takes for each output pixel the input pixel under its centre.</summary>
internal static class NearestPixel
{
    public static RgbPicture Run(RgbPicture picture, int width, int height)
    {
        var (columns, rows) = (Positions(picture.Width, width), Positions(picture.Height, height));
        var output = new byte[(long)width * height * RgbPicture.Channels];
        var source = MemoryMarshal.Cast<byte, RgbColor>(picture.Pixels);
        var target = MemoryMarshal.Cast<byte, RgbColor>(output.AsSpan());
        for (var y = 0; y < height; y++)
        {
            var from = source.Slice(rows[y] * picture.Width, picture.Width);
            var to = target.Slice(y * width, width);
            for (var x = 0; x < width; x++)
                to[x] = from[columns[x]];
        }
        return new RgbPicture(width, height, output);
    }

    /// <summary>Steps are added up rather than multiplied, as Pillow does it: the rounding errors are part of the result.</summary>
    private static int[] Positions(int input, int output)
    {
        var step = (double)input / output;
        var at = step * 0.5;
        var positions = new int[output];
        for (var i = 0; i < output; i++, at += step)
            positions[i] = Math.Min((int)at, input - 1);
        return positions;
    }
}
