namespace Troupe.Models.Vision.Headers;

/// <summary>The chunks of a PNG file behind its signature, up to IEND. What is lacking behind the image data ends the walk; before and inside it, it is an error.</summary>
internal ref struct PngChunks(ReadOnlySpan<byte> file)
{
    private readonly BoundedBytes _bytes = new(file, PictureFormat.Png);
    private long _at = PngHeader.Signature.Length;

    /// <summary>Whether image data have been passed.</summary>
    public bool DataSeen { get; private set; }

    public ReadOnlySpan<byte> Name { get; private set; }

    public ReadOnlySpan<byte> Body { get; private set; }

    public readonly bool IsData => Name.SequenceEqual("IDAT"u8);

    public bool Next()
    {
        if (DataSeen && _bytes.Length - _at < 8)
            return false;
        var length = _bytes.UInt32Big(_at, "chunk length");
        Name = _bytes.Slice(_at + 4, 4, "chunk name");
        if (Name.SequenceEqual("IEND"u8) || DataSeen && !IsData && _at + 8 + length > _bytes.Length)
            return false;
        Body = _bytes.Slice(_at + 8, length, "chunks");
        DataSeen |= IsData;
        _at += 12L + length; // length, name, body, checksum
        return true;
    }
}
