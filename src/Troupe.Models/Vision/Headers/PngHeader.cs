namespace Troupe.Models.Vision.Headers;

/// <summary>Size, and the metadata chunks, of a PNG file.</summary>
internal static class PngHeader
{
    /// <summary>Where the file says its bits a channel and its colour type.</summary>
    public const int DepthOffset = 24, ColorOffset = 25;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    public static PictureHeader Read(ReadOnlySpan<byte> file)
    {
        var bytes = new BoundedBytes(file, PictureFormat.Png);
        var (width, height) = ImageHeader(bytes);
        var metadata = new PngMetadata();
        var chunks = new PngChunks(file);
        while (chunks.Next())
            metadata.Take(chunks.Name, chunks.Body);
        return chunks.DataSeen
            ? new PictureHeader(PictureFormat.Png, width, height, metadata.Orientation())
            : throw bytes.Broken("it has no image data (no IDAT chunk)");
    }

    private static (int Width, int Height) ImageHeader(BoundedBytes bytes)
    {
        const string Part = "image header";
        if (bytes.UInt32Big(8, Part) != 13 || !bytes.Slice(12, 4, Part).SequenceEqual("IHDR"u8))
            throw bytes.Broken("its first chunk is not an IHDR of 13 bytes");
        var (width, height) = (bytes.UInt32Big(16, Part), bytes.UInt32Big(20, Part));
        if (width > int.MaxValue || height > int.MaxValue)
            throw bytes.Broken($"{width} x {height} pixels are more than the format allows");
        var (depth, color) = (bytes.Byte(DepthOffset, Part), (PngColor)bytes.Byte(ColorOffset, Part));
        var known = color switch
        {
            PngColor.Gray => depth is 1 or 2 or 4 or 8 or 16,
            PngColor.Palette => depth is 1 or 2 or 4 or 8,
            PngColor.Rgb or PngColor.GrayAlpha or PngColor.Rgba => depth is 8 or 16,
            _ => false,
        };
        return known ? ((int)width, (int)height) : throw bytes.Broken($"there is no colour type {(byte)color} with {depth} bits");
    }
}
