namespace Troupe.Models.Vision.Headers;

/// <summary>Walks the segments of a JPEG file up to its first scan (ITU-T T.81).</summary>
internal static class JpegHeader
{
    private const byte StartOfScan = 0xDA;

    public static PictureHeader Read(ReadOnlySpan<byte> file)
    {
        var bytes = new BoundedBytes(file, PictureFormat.Jpeg);
        (int Width, int Height)? size = null;
        using var exif = new MemoryStream();
        ReadOnlySpan<byte> xmp = default;
        var at = 2L; // behind the start of the image
        while (true)
        {
            // What is not a marker is skipped, and a marker may be preceded by any number of FF: so do all readers.
            while (bytes.Byte(at, "segments, before any scan") != 0xFF)
                at++;
            while (bytes.Byte(at, "segments, before any scan") == 0xFF)
                at++;
            var marker = bytes.Byte(at++, "marker");
            if (IsBare(marker))
                continue;
            var length = bytes.UInt16Big(at, "segment length");
            if (length < 2)
                throw bytes.Broken($"segment FF{marker:X2} at byte {at - 2} says it is {length} bytes long; the length itself takes 2");
            var body = bytes.Slice(at + 2, length - 2, $"segment FF{marker:X2}");
            at += length;

            if (marker == StartOfScan)
                break;
            if (IsFrame(marker))
                size = Frame(bytes, body);
            else if (marker == 0xE1 && body.StartsWith("Exif\0\0"u8))
                exif.Write(body[6..]); // EXIF longer than a segment goes on in the next
            else if (marker == 0xE1 && body.StartsWith("http://ns.adobe.com/xap/1.0/\0"u8))
                xmp = body;
        }
        var (width, height) = size ?? throw bytes.Broken("its scan comes before any frame header, so that it has no size");
        return new PictureHeader(PictureFormat.Jpeg, width, height, Orientation.From(exif.GetBuffer().AsSpan(0, (int)exif.Length), xmp));
    }

    /// <summary>How many scans the file has at most. Coded pixels never hold the marker; other pictures behind the first one count too.</summary>
    public static int Scans(ReadOnlySpan<byte> file) => file.Count((ReadOnlySpan<byte>)[0xFF, StartOfScan]);

    private static (int Width, int Height) Frame(BoundedBytes bytes, ReadOnlySpan<byte> body)
    {
        if (body.Length < 6)
            throw bytes.Broken($"its frame header has {body.Length} bytes of at least 6");
        var frame = new BoundedBytes(body, PictureFormat.Jpeg);
        if (body[0] != 8)
            throw new PictureException($"The JPEG picture has {body[0]} bits a channel; only 8 are read.");
        if (body[5] is not (1 or 3 or 4))
            throw new PictureException($"The JPEG picture has {body[5]} channels; 1, 3 and 4 are read.");
        return (frame.UInt16Big(3, "frame header"), frame.UInt16Big(1, "frame header"));
    }

    /// <summary>Markers without a segment: escaped FF, restarts, start and end of image, TEM.</summary>
    private static bool IsBare(byte marker) => marker is 0x00 or 0x01 or (>= 0xD0 and <= 0xD9);

    /// <summary>SOF0 to SOF15, among which DHT, JPG and DAC have their numbers.</summary>
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
