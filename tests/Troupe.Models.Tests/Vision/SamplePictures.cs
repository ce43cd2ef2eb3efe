using System.Buffers.Binary;
using System.IO.Hashing;
using NetVips;
using Troupe.Models.Vision;

namespace Troupe.Models.Tests.Vision;

/// <summary>Picture files written by other hands than the readers under test: libvips' savers, or the format's own rules spelled out.</summary>
internal static class SamplePictures
{
    /// <summary>One file of each kind, small.</summary>
    public static IReadOnlyDictionary<string, byte[]> All { get; } = new Dictionary<string, byte[]>
    {
        ["png"] = PictureFixtures.File("idefics3/tiny.png"),
        ["png with a palette"] = PictureFixtures.File("smolvlm/palette_transparent.png"),
        ["png of 16 bits"] = PictureFixtures.File("smolvlm/gray16.png"),
        ["jpeg"] = PictureFixtures.File("idefics3/photo.jpg"),
        ["progressive jpeg"] = PictureFixtures.File("smolvlm/progressive_444.jpg"),
        ["jpeg with EXIF"] = PictureFixtures.File("smolvlm/exif_rotated.jpg"),
        ["cmyk jpeg"] = PictureFixtures.File("smolvlm/cmyk.jpg"),
        ["lossy webp"] = Noise(23, 17, 3).WebpsaveBuffer(),
        ["lossless webp"] = Noise(23, 17, 4).WebpsaveBuffer(lossless: true, exact: true),
        ["webp with EXIF"] = Oriented(Noise(23, 17, 3), 6).WebpsaveBuffer(),
        ["gif"] = FewColors(23, 17).GifsaveBuffer(),
        ["bmp"] = Bmp(23, 17, 24, new byte[72 * 17]),
        ["bmp of runs"] = RunLengthBmp(),
    };

    public static Image Noise(int width, int height, int bands, int seed = 1)
    {
        var pixels = new byte[width * height * bands];
        new Random(seed).NextBytes(pixels);
        using var image = Image.NewFromMemoryCopy(pixels, width, height, bands, Enums.BandFormat.Uchar);
        return image.Copy(interpretation: bands < 3 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb);
    }

    /// <summary>At most 8 colours, all far apart.</summary>
    public static Image FewColors(int width, int height, int seed = 1)
    {
        using var noise = Noise(width, height, 3, seed);
        using var bits = noise > 127; // 0 or 255
        return bits.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    public static Image Oriented(Image image, int orientation) =>
        image.Mutate(metadata => metadata.Set(GValue.GIntType, "orientation", orientation));

    /// <summary>A Windows bitmap, rows from the bottom, each padded to four bytes.</summary>
    public static byte[] Bmp(int width, int height, int bits, byte[] data, byte[]? palette = null, uint compression = 0, uint[]? masks = null)
    {
        var colors = palette ?? [];
        var masked = masks ?? [];
        var offset = 54 + masked.Length * 4 + colors.Length;
        var file = new byte[offset + data.Length];
        "BM"u8.CopyTo(file);
        uint[] words = [(uint)file.Length, 0, (uint)offset, 40, (uint)width, (uint)height, 1 | (uint)bits << 16, compression, (uint)data.Length, 2835, 2835, (uint)(colors.Length / 4), 0, .. masked];
        for (var i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(2 + i * 4), words[i]);
        colors.CopyTo(file, 54 + masked.Length * 4);
        data.CopyTo(file, offset);
        return file;
    }

    /// <summary>4 x 3 pixels in a palette of black, red and blue: a run, three single pixels and one more, a row that ends early.</summary>
    public static byte[] RunLengthBmp() =>
        Bmp(4, 3, 8, [4, 1, 0, 0, 0, 3, 2, 1, 2, 0, 1, 2, 0, 0, 2, 2, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0, 255, 0, 255, 0, 0, 0], compression: 1);

    /// <summary>A PNG with one more chunk behind its image header.</summary>
    public static byte[] WithChunk(byte[] png, string name, params byte[] body)
    {
        const int BehindHeader = 33;
        var chunk = new byte[12 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        System.Text.Encoding.ASCII.GetBytes(name, chunk.AsSpan(4));
        body.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + body.Length), Crc32.HashToUInt32(chunk.AsSpan(4, 4 + body.Length)));
        return [.. png[..BehindHeader], .. chunk, .. png[BehindHeader..]];
    }

    public static RgbPicture Decode(byte[] file, PictureRoute route = PictureRoute.Path) => PictureDecoder.Decode(file, PictureLimits.Default, route);
}
