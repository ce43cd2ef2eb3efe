using System.Runtime.InteropServices;

namespace Troupe.Models.Vision.Decoding;

/// <summary>Turns and mirrors stored pixels to how they are seen, by EXIF orientation.</summary>
internal static class Turning
{
    public static RgbPicture Apply(RgbPicture picture, int orientation)
    {
        var (w, h) = (picture.Width, picture.Height);
        // Where the picture's first pixel comes from, and how far the source moves with one step right and one down.
        return orientation switch
        {
            2 => Map(picture, w, h, w - 1, -1, w),                      // mirrored left to right
            3 => Map(picture, w, h, w * h - 1, -1, -w),                 // upside down
            4 => Map(picture, w, h, (h - 1) * w, 1, -w),                // mirrored top to bottom
            5 => Map(picture, h, w, 0, w, 1),                           // transposed
            6 => Map(picture, h, w, (h - 1) * w, -w, 1),                // a quarter turn clockwise
            7 => Map(picture, h, w, w * h - 1, -w, -1),                 // transposed over the other diagonal
            8 => Map(picture, h, w, w - 1, w, -1),                      // a quarter turn anticlockwise
            _ => picture,
        };
    }

    private static RgbPicture Map(RgbPicture picture, int width, int height, int origin, int right, int down)
    {
        var output = new byte[picture.Pixels.Length];
        var source = MemoryMarshal.Cast<byte, RgbColor>(picture.Pixels);
        var target = MemoryMarshal.Cast<byte, RgbColor>(output.AsSpan());
        for (var y = 0; y < height; y++)
        {
            var from = origin + y * down;
            var row = target.Slice(y * width, width);
            for (var x = 0; x < width; x++, from += right)
                row[x] = source[from];
        }
        return new RgbPicture(width, height, output) { TransparentColor = picture.TransparentColor };
    }
}
