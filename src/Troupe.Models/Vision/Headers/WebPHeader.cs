namespace Troupe.Models.Vision.Headers;

/// <summary>The three layouts of a WebP file: lossy (VP8), lossless (VP8L), extended (VP8X, with metadata, alpha or animation).</summary>
internal static class WebPHeader
{
    private const int FirstChunk = 12;

    public static PictureHeader Read(ReadOnlySpan<byte> file)
    {
        var bytes = new BoundedBytes(file, PictureFormat.WebP);
        var end = 8L + bytes.UInt32Little(4, "RIFF size");
        if (end > file.Length)
            throw new PictureException($"The WebP file has {file.Length} bytes of the {end} that it says it has.");
        var name = bytes.Slice(FirstChunk, 4, "first chunk");
        var body = FirstChunk + 8;
        var (width, height) = name.SequenceEqual("VP8 "u8) ? Lossy(bytes, body)
            : name.SequenceEqual("VP8L"u8) ? Lossless(bytes, body)
            : name.SequenceEqual("VP8X"u8) ? (bytes.UInt24Little(body + 4, "canvas size") + 1, bytes.UInt24Little(body + 7, "canvas size") + 1)
            : throw bytes.Broken($"its first chunk is {Convert.ToHexString(name)}, not VP8, VP8L or VP8X");
        var orientation = name.SequenceEqual("VP8X"u8) ? ReadOrientation(bytes, end) : Orientation.Upright;
        return new PictureHeader(PictureFormat.WebP, width, height, orientation);
    }

    private static (int, int) Lossy(BoundedBytes bytes, long at)
    {
        if (!bytes.Slice(at + 3, 3, "frame header").SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]))
            throw bytes.Broken("its frame header lacks the start code 9D012A");
        return (bytes.UInt16Little(at + 6, "frame size") & 0x3FFF, bytes.UInt16Little(at + 8, "frame size") & 0x3FFF);
    }

    private static (int, int) Lossless(BoundedBytes bytes, long at)
    {
        if (bytes.Byte(at, "image header") != 0x2F)
            throw bytes.Broken("its lossless image lacks the signature 2F");
        var bits = bytes.UInt32Little(at + 1, "image header");
        return ((int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1);
    }

    private static int ReadOrientation(BoundedBytes bytes, long end)
    {
        ReadOnlySpan<byte> exif = default, xmp = default;
        for (var at = (long)FirstChunk; at + 8 <= end;)
        {
            var name = bytes.Slice(at, 4, "chunk name");
            var length = bytes.UInt32Little(at + 4, "chunk length");
            if (name.SequenceEqual("EXIF"u8) && exif.IsEmpty)
                exif = bytes.Slice(at + 8, length, "EXIF chunk");
            else if (name.SequenceEqual("XMP "u8) && xmp.IsEmpty)
                xmp = bytes.Slice(at + 8, length, "XMP chunk");
            at += 8L + length + (length & 1); // chunks are padded to even lengths
        }
        return Orientation.From(exif, xmp);
    }
}
