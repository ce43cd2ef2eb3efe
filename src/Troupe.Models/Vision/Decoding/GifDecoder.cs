using Troupe.Models.Vision.Headers;

namespace Troupe.Models.Vision.Decoding;

/// <summary>The first frame of a GIF file, in the colours of its palette; what no frame covers has the transparent index, or index 0.</summary>
internal static class GifDecoder
{
    public static DecodedPixels Decode(ReadOnlySpan<byte> file)
    {
        var frame = GifHeader.ReadFrame(file);
        var indices = new byte[frame.FrameWidth * frame.FrameHeight];
        GifUnpacker.Unpack(file[frame.DataOffset..], indices);

        var colors = Colors(file, frame);
        var channels = frame.Transparent is null ? 3 : 4;
        var data = new byte[(long)frame.Width * frame.Height * channels];
        var background = frame.Transparent ?? 0;
        for (var o = 0; o < data.Length; o += channels)
            colors.AsSpan(background * 4, channels).CopyTo(data.AsSpan(o));
        var stored = 0;
        foreach (var y in Rows(frame))
        {
            var o = ((frame.Top + y) * frame.Width + frame.Left) * channels;
            for (var x = 0; x < frame.FrameWidth; x++, o += channels)
                colors.AsSpan(indices[stored++] * 4, channels).CopyTo(data.AsSpan(o));
        }
        return new DecodedPixels(frame.Width, frame.Height, channels == 3 ? PixelLayout.Rgb : PixelLayout.Rgba, data)
        {
            TransparentColor = frame.Transparent is { } t ? new RgbColor(colors[t * 4], colors[t * 4 + 1], colors[t * 4 + 2]) : null,
        };
    }

    /// <summary>(256, RGBA); black where the palette ends, grays where there is none.</summary>
    private static byte[] Colors(ReadOnlySpan<byte> file, GifFrame frame)
    {
        var colors = new byte[256 * 4];
        for (var i = 0; i < 256; i++)
        {
            if (frame.Palette is not { } palette)
                colors.AsSpan(i * 4, 3).Fill((byte)i);
            else if (i * 3 < palette.Length)
                file.Slice(palette.Offset + i * 3, 3).CopyTo(colors.AsSpan(i * 4));
            colors[i * 4 + 3] = (byte)(i == frame.Transparent ? 0 : 255);
        }
        return colors;
    }

    /// <summary>The rows in the order in which they are stored: interlaced, every 8th from 0, every 8th from 4, every 4th from 2, every 2nd from 1.</summary>
    private static IEnumerable<int> Rows(GifFrame frame)
    {
        (int First, int Step)[] passes = frame.Interlaced ? [(0, 8), (4, 8), (2, 4), (1, 2)] : [(0, 1)];
        foreach (var (first, step) in passes)
            for (var y = first; y < frame.FrameHeight; y += step)
                yield return y;
    }
}
