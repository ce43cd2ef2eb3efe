using System.IO.Compression;
using System.Text;

namespace Troupe.Models.Vision.Headers;

/// <summary>The places where a PNG file may keep an orientation: an eXIf chunk, ImageMagick's hexadecimal EXIF in a text chunk, XMP.</summary>
internal ref struct PngMetadata
{
    /// <summary>Text is inflated up to this many bytes, and one text of each kind at most.</summary>
    private const int MaxText = 1 << 20;

    private ReadOnlySpan<byte> _exif, _rawProfile, _xmp;
    private Packing _rawProfilePacking, _xmpPacking;

    private enum Packing { Plain, Deflated, International }

    public void Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> body)
    {
        if (name.SequenceEqual("eXIf"u8))
            _exif = body;
        else if (name.SequenceEqual("tEXt"u8))
            TakeText(body, Packing.Plain);
        else if (name.SequenceEqual("zTXt"u8))
            TakeText(body, Packing.Deflated);
        else if (name.SequenceEqual("iTXt"u8))
            TakeText(body, Packing.International);
    }

    public readonly int Orientation()
    {
        var exif = !_exif.IsEmpty ? _exif : FromHex(Unpack(_rawProfile, _rawProfilePacking));
        return Headers.Orientation.From(exif, Unpack(_xmp, _xmpPacking));
    }

    private void TakeText(ReadOnlySpan<byte> body, Packing packing)
    {
        var end = body.IndexOf((byte)0);
        if (end < 0)
            return;
        var keyword = body[..end];
        if (keyword.SequenceEqual("Raw profile type exif"u8))
        {
            _rawProfile = body[(end + 1)..];
            _rawProfilePacking = packing;
        }
        else if (keyword.SequenceEqual("XML:com.adobe.xmp"u8))
        {
            _xmp = body[(end + 1)..];
            _xmpPacking = packing;
        }
    }

    private static ReadOnlySpan<byte> Unpack(ReadOnlySpan<byte> text, Packing packing)
    {
        if (packing == Packing.Plain || text.IsEmpty)
            return text;
        if (packing == Packing.Deflated)
            return Inflate(text[1..]);
        // iTXt: compressed or not, method, language, translated keyword, text
        if (text.Length < 2)
            return default;
        var compressed = text[0] != 0;
        var rest = text[2..];
        for (var skipped = 0; skipped < 2; skipped++)
        {
            var end = rest.IndexOf((byte)0);
            if (end < 0)
                return default;
            rest = rest[(end + 1)..];
        }
        return compressed ? Inflate(rest) : rest;
    }

    private static ReadOnlySpan<byte> Inflate(ReadOnlySpan<byte> packed)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            var text = new byte[MaxText];
            return text.AsSpan(0, stream.ReadAtLeast(text, MaxText, throwOnEndOfStream: false));
        }
        catch (InvalidDataException)
        {
            return default;
        }
    }

    /// <summary>Three lines (empty, name, length), then hexadecimal digits in lines.</summary>
    private static ReadOnlySpan<byte> FromHex(ReadOnlySpan<byte> profile)
    {
        if (profile.IsEmpty || profile.Length > MaxText)
            return default;
        var hex = string.Concat(Encoding.Latin1.GetString(profile).Split('\n').Skip(3));
        try
        {
            return Convert.FromHexString(hex);
        }
        catch (FormatException)
        {
            return default;
        }
    }
}
