using System.Buffers.Binary;

namespace Troupe.Models.Vision.Headers;

/// <summary>A file read at offsets that the file itself gives: reading past the end is a <see cref="PictureException"/> that says where.</summary>
internal readonly ref struct BoundedBytes(ReadOnlySpan<byte> bytes, PictureFormat format)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly string _name = format.Name();

    public int Length => _bytes.Length;

    public ReadOnlySpan<byte> Slice(long offset, long length, string part) =>
        offset >= 0 && length >= 0 && offset + length <= _bytes.Length
            ? _bytes.Slice((int)offset, (int)length)
            : throw new PictureException($"The {_name} file ends after {_bytes.Length} bytes, inside its {part} ({length} bytes at {offset}).");

    public byte Byte(long offset, string part) => Slice(offset, 1, part)[0];

    public int UInt16Big(long offset, string part) => BinaryPrimitives.ReadUInt16BigEndian(Slice(offset, 2, part));

    public int UInt16Little(long offset, string part) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(offset, 2, part));

    public uint UInt32Big(long offset, string part) => BinaryPrimitives.ReadUInt32BigEndian(Slice(offset, 4, part));

    public uint UInt32Little(long offset, string part) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(offset, 4, part));

    public int UInt24Little(long offset, string part)
    {
        var b = Slice(offset, 3, part);
        return b[0] | b[1] << 8 | b[2] << 16;
    }

    public PictureException Broken(string what) => new($"The {_name} file is broken: {what}.");
}
