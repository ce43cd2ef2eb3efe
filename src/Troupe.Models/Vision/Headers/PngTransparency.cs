using System.Buffers.Binary;

namespace Troupe.Models.Vision.Headers;

/// <summary>The colour that a tRNS chunk makes transparent, as the reference understands it once the pixels are RGB (Pillow, PngImagePlugin and <c>convert</c>).</summary>
internal static class PngTransparency
{
    /// <returns>Null when there is no such chunk, or when it gives levels of alpha rather than one colour.</returns>
    public static RgbColor? Read(ReadOnlySpan<byte> file)
    {
        var (depth, color) = (file[PngHeader.DepthOffset], (PngColor)file[PngHeader.ColorOffset]);
        ReadOnlySpan<byte> palette = default, transparency = default;
        var chunks = new PngChunks(file);
        while (chunks.Next() && !chunks.IsData)
        {
            if (chunks.Name.SequenceEqual("PLTE"u8))
                palette = chunks.Body;
            else if (chunks.Name.SequenceEqual("tRNS"u8))
                transparency = chunks.Body;
        }
        return color switch
        {
            PngColor.Palette => FromPalette(palette, transparency),
            PngColor.Gray when transparency.Length >= 2 => FromGray(depth, BinaryPrimitives.ReadUInt16BigEndian(transparency)),
            PngColor.Rgb when transparency.Length >= 6 => new RgbColor(transparency[1], transparency[3], transparency[5]),
            _ => null,
        };
    }

    /// <summary>One index with alpha 0 among others with 255 is a colour; anything else is not.</summary>
    private static RgbColor? FromPalette(ReadOnlySpan<byte> palette, ReadOnlySpan<byte> alphas)
    {
        var index = alphas.IndexOf((byte)0);
        if (index < 0 || alphas[..index].ContainsAnyExcept((byte)255) || alphas[(index + 1)..].ContainsAnyExcept((byte)255))
            return null;
        return (index + 1) * 3 <= palette.Length ? new RgbColor(palette[index * 3], palette[index * 3 + 1], palette[index * 3 + 2]) : RgbColor.Black;
    }

    /// <summary>Grays of 1 and 16 bits keep their number and not their colour, so that only black comes out right.</summary>
    private static RgbColor? FromGray(byte depth, ushort gray)
    {
        if (depth is 1 or 16)
            return (depth == 1 ? gray : gray & 0xFF) == 0 ? RgbColor.Black : null;
        var value = (byte)Math.Min(gray, (ushort)255);
        return new RgbColor(value, value, value);
    }
}
