namespace Troupe.Models.Vision.Headers;

/// <summary>A BMP file up to its pixels, in the layouts that the reference reads: OS/2 (12 bytes) and Windows (40 to 124 bytes).</summary>
/// <param name="TopDown">Whether the first stored row is the top one.</param>
/// <param name="Masks">Bits of red, green, blue and alpha, where the file gives them.</param>
/// <param name="Palette">Offset of the colours, how many there are, and the bytes of each; for 1, 4 and 8 bits.</param>
/// <param name="DataOffset">Where the pixels begin.</param>
internal sealed record BmpHeader(
    int Width, int Height, bool TopDown, int Bits, BmpCompression Compression, BmpMasks? Masks, (int Offset, int Colors, int Size)? Palette, uint DataOffset)
{
    private const int FileHeader = 14;

    public PictureHeader Summary => new(PictureFormat.Bmp, Width, Height, Orientation.Upright);

    public static BmpHeader Read(ReadOnlySpan<byte> file)
    {
        var bytes = new BoundedBytes(file, PictureFormat.Bmp);
        var offset = bytes.UInt32Little(10, "file header");
        var size = bytes.UInt32Little(FileHeader, "header size");
        return size switch
        {
            12 => Os2(bytes, offset),
            40 or 52 or 56 or 64 or 108 or 124 => Windows(bytes, offset, (int)size),
            _ => throw new PictureException($"The BMP header has {size} bytes; 12, 40, 52, 56, 64, 108 and 124 are read."),
        };
    }

    private static BmpHeader Os2(BoundedBytes bytes, uint offset)
    {
        const string Part = "header";
        var bits = bytes.UInt16Little(FileHeader + 10, Part);
        return Complete(bytes, bytes.UInt16Little(FileHeader + 4, Part), bytes.UInt16Little(FileHeader + 6, Part), topDown: false, bits,
            BmpCompression.None, masks: null, colors: 0, colorSize: 3, FileHeader + 12, offset);
    }

    private static BmpHeader Windows(BoundedBytes bytes, uint offset, int size)
    {
        const string Part = "header";
        bytes.Slice(FileHeader, size, Part);
        var at = FileHeader + 4;
        var (width, height) = (bytes.UInt32Little(at, Part), bytes.UInt32Little(at + 4, Part));
        var topDown = height >> 24 == 0xFF; // a negative height
        var rows = topDown ? -(long)(int)height : height;
        if (width > int.MaxValue || rows > int.MaxValue)
            throw bytes.Broken($"{width} x {rows} pixels are more than the format allows");
        var compression = (BmpCompression)bytes.UInt32Little(at + 12, Part);
        if (!Enum.IsDefined(compression))
            throw new PictureException($"The BMP picture has compression {(uint)compression}; 0 (none), 1 (RLE8), 2 (RLE4) and 3 (bit fields) are read.");
        var end = FileHeader + size;
        BmpMasks? masks = null;
        if (compression == BmpCompression.BitFields)
        {
            masks = new BmpMasks(Mask(bytes, 0), Mask(bytes, 1), Mask(bytes, 2), size >= 56 ? Mask(bytes, 3) : 0);
            if (size < 52)
                end += 12; // an old header has its masks behind it
        }
        return Complete(bytes, (int)width, (int)rows, topDown, bytes.UInt16Little(at + 10, Part), compression, masks, bytes.UInt32Little(at + 28, Part), colorSize: 4, end, offset);
    }

    private static uint Mask(BoundedBytes bytes, int index) => bytes.UInt32Little(FileHeader + 40 + 4 * index, "bit masks");

    private static BmpHeader Complete(
        BoundedBytes bytes, int width, int height, bool topDown, int bits, BmpCompression compression, BmpMasks? masks, uint colors, int colorSize, int end, uint offset)
    {
        if (bits is not (1 or 4 or 8 or 16 or 24 or 32))
            throw new PictureException($"The BMP picture has {bits} bits a pixel; 1, 4, 8, 16, 24 and 32 are read.");
        if (bits > 8)
            return new BmpHeader(width, height, topDown, bits, compression, masks, null, offset == 0 ? (uint)end : offset);
        if (colors > 65536)
            throw bytes.Broken($"it says it has {colors} colours");
        var count = colors == 0 ? 1 << bits : (int)colors;
        bytes.Slice(end, (long)count * colorSize, "palette");
        var behind = (uint)(end + count * colorSize);
        return new BmpHeader(width, height, topDown, bits, compression, masks, (end, count, colorSize), offset == 0 || offset == end ? behind : offset);
    }
}
