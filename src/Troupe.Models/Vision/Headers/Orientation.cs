using System.Buffers.Binary;

namespace Troupe.Models.Vision.Headers;

/// <summary>
/// The EXIF orientation tag, and XMP's where EXIF has none, as the reference reads them (Pillow, <c>Image.getexif</c>). Unreadable
/// metadata never refuses a picture: it then counts as absent.
/// </summary>
internal static class Orientation
{
    public const int Upright = 1;
    private const int Tag = 0x0112;

    /// <summary>From EXIF (with or without its "Exif" prefix), else from XMP; 1 when neither says.</summary>
    public static int From(ReadOnlySpan<byte> exif, ReadOnlySpan<byte> xmp)
    {
        var value = FromExif(exif) ?? FromXmp(xmp) ?? Upright;
        return value is >= 1 and <= 8 ? value : Upright;
    }

    private static int? FromExif(ReadOnlySpan<byte> exif)
    {
        while (exif.StartsWith("Exif\0\0"u8))
            exif = exif[6..];
        if (exif.Length < 8 || !(exif.StartsWith("II"u8) || exif.StartsWith("MM"u8)))
            return null;
        var tiff = new Tiff(exif);
        if (tiff.UInt32(4) is not { } directory || tiff.UInt16(directory) is not { } entries)
            return null;
        int? found = null;
        for (var i = 0; i < entries; i++)
        {
            var entry = directory + 2 + 12L * i;
            if (tiff.UInt32(entry + 8) is not { } place)
                return found;
            if (tiff.UInt16(entry) == Tag)
                found = Value(tiff, entry, place) ?? found; // the last entry of several wins
        }
        return found;
    }

    /// <summary>The first number of the entry: inside it when it is short, else at the place that it names.</summary>
    private static int? Value(Tiff tiff, long entry, uint place)
    {
        var size = tiff.UInt16(entry + 2) switch { 3 or 8 => 2, 4 or 9 => 4, _ => 0 };
        if (size == 0 || tiff.UInt32(entry + 4) is not { } count || count == 0)
            return null;
        var at = count * (long)size <= 4 ? entry + 8 : place;
        return size == 2 ? tiff.UInt16(at) : (int?)tiff.UInt32(at);
    }

    /// <summary>The first <c>tiff:Orientation="N</c> or <c>tiff:Orientation&gt;N</c>.</summary>
    private static int? FromXmp(ReadOnlySpan<byte> xmp)
    {
        var name = "tiff:Orientation"u8;
        for (var at = xmp.IndexOf(name); at >= 0; at = xmp.IndexOf(name))
        {
            xmp = xmp[(at + name.Length)..];
            var value = xmp.StartsWith("=\""u8) ? xmp[2..] : xmp.StartsWith(">"u8) ? xmp[1..] : default;
            if (!value.IsEmpty && char.IsAsciiDigit((char)value[0]))
                return value[0] - '0';
        }
        return null;
    }

    /// <summary>A TIFF block in its own byte order; null past its end.</summary>
    private readonly ref struct Tiff(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private readonly bool _little = bytes[0] == 'I';

        public int? UInt16(long at) => at + 2 > _bytes.Length ? null
            : _little ? BinaryPrimitives.ReadUInt16LittleEndian(_bytes[(int)at..])
            : BinaryPrimitives.ReadUInt16BigEndian(_bytes[(int)at..]);

        public uint? UInt32(long at) => at + 4 > _bytes.Length ? null
            : _little ? BinaryPrimitives.ReadUInt32LittleEndian(_bytes[(int)at..])
            : BinaryPrimitives.ReadUInt32BigEndian(_bytes[(int)at..]);
    }
}
