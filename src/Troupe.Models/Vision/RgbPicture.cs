using System.Runtime.InteropServices;

namespace Troupe.Models.Vision;

/// <summary>Decoded pixels: 8 bits a channel, red green blue, row by row from the top left.</summary>
public sealed record RgbPicture
{
    public const int Channels = 3;

    /// <exception cref="ArgumentException">A side is not positive, or there are not <c>width * height * 3</c> bytes.</exception>
    public RgbPicture(int width, int height, byte[] pixels)
    {
        if (width <= 0 || height <= 0 || pixels.LongLength != (long)width * height * Channels)
            throw new ArgumentException($"{pixels.LongLength} bytes are not an RGB picture of {width} x {height} pixels.", nameof(pixels));
        (Width, Height, Pixels) = (width, height, pixels);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>(height, width, 3).</summary>
    public byte[] Pixels { get; }

    /// <summary>
    /// The one colour that the file declares transparent (a GIF's transparent index, a PNG's tRNS), if any. Its pixels show that colour here;
    /// the reference carries the declaration along (Pillow, <c>info["transparency"]</c>), and picture processors that composite act on it.
    /// </summary>
    public RgbColor? TransparentColor { get; init; }

    /// <summary>The picture with its transparent colour, if it has one, made white.</summary>
    public RgbPicture OntoWhite()
    {
        if (TransparentColor is not { } transparent)
            return this;
        var pixels = (byte[])Pixels.Clone();
        MemoryMarshal.Cast<byte, RgbColor>(pixels.AsSpan()).Replace(transparent, RgbColor.White);
        return new RgbPicture(Width, Height, pixels);
    }
}
