namespace Troupe.Models.Vision.Headers;

/// <summary>A GIF file up to the pixels of its first frame. The picture is as large as the screen or the frame on it, whichever reaches further.</summary>
internal static class GifHeader
{
    public static PictureHeader Read(ReadOnlySpan<byte> file)
    {
        var frame = ReadFrame(file);
        return new PictureHeader(PictureFormat.Gif, frame.Width, frame.Height, Orientation.Upright);
    }

    /// <summary>Everything that the first frame's pixels need.</summary>
    public static GifFrame ReadFrame(ReadOnlySpan<byte> file)
    {
        var bytes = new BoundedBytes(file, PictureFormat.Gif);
        var (width, height, flags) = (bytes.UInt16Little(6, "screen"), bytes.UInt16Little(8, "screen"), bytes.Byte(10, "screen"));
        var at = 13L;
        var palette = Palette(flags, ref at);
        int? transparent = null;
        while (true)
        {
            switch (bytes.Byte(at, "blocks, before any picture"))
            {
                case (byte)'!':
                    var label = bytes.Byte(at + 1, "extension");
                    at += 2;
                    if (label == 0xF9 && bytes.Byte(at, "graphic control") >= 4)
                        transparent = (bytes.Byte(at + 1, "graphic control") & 1) != 0 ? bytes.Byte(at + 4, "graphic control") : transparent;
                    while (bytes.Byte(at, "extension") is var block && block != 0)
                        at += 1 + block;
                    at++;
                    break;
                case (byte)',':
                    const string Part = "frame header";
                    var (left, top) = (bytes.UInt16Little(at + 1, Part), bytes.UInt16Little(at + 3, Part));
                    var (frameWidth, frameHeight) = (bytes.UInt16Little(at + 5, Part), bytes.UInt16Little(at + 7, Part));
                    var frameFlags = bytes.Byte(at + 9, Part);
                    at += 10;
                    palette = Palette(frameFlags, ref at) ?? palette;
                    if (palette is { } colors)
                        bytes.Slice(colors.Offset, colors.Length, "palette");
                    return new GifFrame(Math.Max(width, left + frameWidth), Math.Max(height, top + frameHeight),
                        left, top, frameWidth, frameHeight, (frameFlags & 64) != 0, palette, transparent, (int)at);
                case (byte)';':
                    throw bytes.Broken("it ends without a picture");
                default:
                    at++; // stray bytes between blocks are passed over, as all readers do
                    break;
            }
        }
    }

    /// <summary>Where the colours are, if the flags say that there are any; moves behind them.</summary>
    private static (int Offset, int Length)? Palette(byte flags, ref long at)
    {
        if ((flags & 128) == 0)
            return null;
        var palette = ((int)at, 3 << (flags & 7) + 1);
        at += palette.Item2;
        return palette;
    }
}
