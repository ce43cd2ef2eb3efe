using System.Buffers.Binary;
using System.Numerics;
using Troupe.Models.Vision.Headers;

namespace Troupe.Models.Vision.Decoding;

/// <summary>BMP pixels: palettes of 1, 4 and 8 bits (also run-length coded), 16, 24 and 32 bits.</summary>
internal static class BmpDecoder
{
    private delegate void Unpack(ReadOnlySpan<byte> row, Span<byte> pixels);

    public static DecodedPixels Decode(ReadOnlySpan<byte> file)
    {
        var header = BmpHeader.Read(file);
        var storable = header.Compression switch
        {
            BmpCompression.Rle8 => header.Bits == 8,
            BmpCompression.Rle4 => header.Bits == 4,
            BmpCompression.BitFields => header.Bits > 8,
            _ => true,
        };
        if (!storable)
            throw Unsupported(header);
        var channels = header.Bits == 32 && header.Masks is { } m && (m.Alpha != 0 || m == default) ? 4 : 3;
        var unpack = header.Bits switch
        {
            <= 8 => Indexed(file, header),
            16 => Bits16(header),
            24 when header.Masks is null or { Red: 0xFF0000, Green: 0xFF00, Blue: 0xFF } => Bytes([2, 1, 0], 3),
            32 => Bits32(header),
            _ => throw Unsupported(header),
        };
        var runs = header.Compression is BmpCompression.Rle4 or BmpCompression.Rle8;
        var pixels = runs ? BmpRunLengths.Unpack(file, header) : file[(int)Math.Min(header.DataOffset, file.Length)..];
        var rowBits = (long)header.Width * (runs ? 8 : header.Bits);
        var rowBytes = (int)((rowBits + 7) / 8);
        var stride = runs ? rowBytes : (rowBits + 31) / 32 * 4;

        var rows = pixels.Length < rowBytes ? 0 : 1 + (pixels.Length - rowBytes) / stride; // the last row may lack its padding
        if (rows < header.Height)
            throw new PictureException($"The BMP file is damaged or ends too early: it holds {rows} of {header.Height} rows.");

        var data = new byte[(long)header.Width * header.Height * channels];
        for (var y = 0; y < header.Height; y++)
        {
            var row = header.TopDown ? y : header.Height - 1 - y;
            unpack(pixels.Slice((int)(y * stride), rowBytes), data.AsSpan(row * header.Width * channels, header.Width * channels));
        }
        return new DecodedPixels(header.Width, header.Height, channels == 4 ? PixelLayout.Rgba : PixelLayout.Rgb, data);
    }

    private static Unpack Indexed(ReadOnlySpan<byte> file, BmpHeader header)
    {
        var (offset, count, size) = header.Palette!.Value;
        var colors = new byte[256 * 3]; // black where the palette ends
        for (var i = 0; i < Math.Min(count, 256); i++)
            (colors[i * 3], colors[i * 3 + 1], colors[i * 3 + 2]) = (file[offset + i * size + 2], file[offset + i * size + 1], file[offset + i * size]);
        var bits = header.Compression == BmpCompression.None ? header.Bits : 8;
        return (row, pixels) =>
        {
            for (int i = 0, o = 0; o < pixels.Length; i += bits, o += 3)
            {
                var index = row[i >> 3] >> 8 - bits - (i & 7) & (1 << bits) - 1;
                colors.AsSpan(index * 3, 3).CopyTo(pixels[o..]);
            }
        };
    }

    private static Unpack Bits16(BmpHeader header)
    {
        var masks = header.Masks is { } m ? m with { Alpha = 0 } : new BmpMasks(0x7C00, 0x3E0, 0x1F, 0);
        var greens = masks == new BmpMasks(0x7C00, 0x3E0, 0x1F, 0) ? 5 : masks == new BmpMasks(0xF800, 0x7E0, 0x1F, 0) ? 6 : throw Unsupported(header);
        var most = (1 << greens) - 1;
        return (row, pixels) =>
        {
            for (int i = 0, o = 0; o < pixels.Length; i += 2, o += 3)
            {
                var value = BinaryPrimitives.ReadUInt16LittleEndian(row[i..]);
                pixels[o] = (byte)((value >> 5 + greens & 31) * 255 / 31);
                pixels[o + 1] = (byte)((value >> 5 & most) * 255 / most);
                pixels[o + 2] = (byte)((value & 31) * 255 / 31);
            }
        };
    }

    /// <summary>Whole bytes in any order. Without masks the fourth byte is not alpha; masks of zero mean the usual order with alpha.</summary>
    private static Unpack Bits32(BmpHeader header)
    {
        if (header.Masks is not { } masks)
            return Bytes([2, 1, 0], 4);
        if (masks == default)
            return Bytes([2, 1, 0, 3], 4);
        uint[] order = masks.Alpha == 0 ? [masks.Red, masks.Green, masks.Blue] : [masks.Red, masks.Green, masks.Blue, masks.Alpha];
        return order.All(mask => mask is 0xFF or 0xFF00 or 0xFF0000 or 0xFF000000)
            ? Bytes([.. order.Select(mask => BitOperations.TrailingZeroCount(mask) / 8)], 4)
            : throw Unsupported(header);
    }

    /// <summary>Channels picked from the bytes of a stored pixel.</summary>
    private static Unpack Bytes(int[] order, int size) => (row, pixels) =>
    {
        for (int i = 0, o = 0; o < pixels.Length; i += size)
            foreach (var place in order)
                pixels[o++] = row[i + place];
    };

    private static PictureException Unsupported(BmpHeader header) => new(header.Masks is { } m
        ? $"The BMP picture has {header.Bits} bits a pixel with the masks {m.Red:X}, {m.Green:X}, {m.Blue:X}, {m.Alpha:X}, which is not read."
        : $"The BMP picture has {header.Bits} bits a pixel with compression {header.Compression}, which is not read.");
}
