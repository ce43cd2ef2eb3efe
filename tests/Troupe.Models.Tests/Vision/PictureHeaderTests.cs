using System.Buffers.Binary;
using System.Text;
using Troupe.Models.Families;
using Troupe.Models.Vision;

namespace Troupe.Models.Tests.Vision;

public class PictureHeaderTests
{
    [Theory]
    [InlineData("smolvlm/large.png", PictureFormat.Png, 2000, 1500, 1)]
    [InlineData("smolvlm/panorama.jpg", PictureFormat.Jpeg, 3000, 500, 1)]
    [InlineData("smolvlm/progressive_444.jpg", PictureFormat.Jpeg, 120, 28, 1)]
    [InlineData("smolvlm/cmyk.jpg", PictureFormat.Jpeg, 120, 28, 1)]
    [InlineData("smolvlm/exif_rotated.jpg", PictureFormat.Jpeg, 120, 28, 6)]
    public void Format_size_and_orientation_are_read(string file, PictureFormat format, int width, int height, int orientation) =>
        Assert.Equal(new PictureHeader(format, width, height, orientation), PictureHeader.Read(PictureFixtures.File(file), PictureLimits.Default));

    [Fact]
    public void The_size_is_that_of_the_picture_as_seen() =>
        Assert.Equal(new PictureSize(28, 120), PictureHeader.Read(PictureFixtures.File("smolvlm/exif_rotated.jpg"), PictureLimits.Default).Size);

    [Fact]
    public void Header_and_decoded_picture_agree_for_every_kind_of_file()
    {
        foreach (var (name, file) in SamplePictures.All)
        {
            var picture = SamplePictures.Decode(file);
            Assert.Equal((name, new PictureSize(picture.Width, picture.Height)), (name, PictureHeader.Read(file, PictureLimits.Default).Size));
        }
    }

    [Fact]
    public void Each_limit_is_named_with_the_value_and_the_limit()
    {
        var file = PictureFixtures.File("smolvlm/exif_rotated.jpg"); // 120 x 28
        Refused(file, new PictureLimits { MaxBytes = 100 }, $"{file.Length}", "100");
        Refused(file, new PictureLimits { MaxSide = 119 }, "120 x 28", "119");
        Refused(file, new PictureLimits { MaxPixels = 3359 }, "3360", "3359");
        PictureHeader.Read(file, new PictureLimits { MaxBytes = file.Length, MaxSide = 120, MaxPixels = 3360 });
    }

    [Theory]
    [InlineData(0u, 5u, "0 x 5")]
    [InlineData(100_000u, 100_000u, "100000 x 100000")]
    [InlineData(uint.MaxValue, 1u, "4294967295 x 1")]
    public void A_png_of_no_or_absurd_size_is_refused_before_its_pixels_are_touched(uint width, uint height, string named)
    {
        var file = PictureFixtures.File("idefics3/tiny.png");
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(20), height);
        Refused(file, PictureLimits.Default, named);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("<html>", "3C68746D6C3E")]
    public void A_file_that_is_no_picture_is_refused_by_what_it_begins_with(string text, string named) =>
        Refused(Encoding.ASCII.GetBytes(text), PictureLimits.Default, named);

    [Theory]
    [InlineData("<x tiff:Orientation=\"8\"/>", 8)]
    [InlineData("<tiff:Orientation>3</tiff:Orientation>", 3)]
    [InlineData("tiff:Orientation tiff:Orientation=\"x tiff:Orientation>5", 5)]
    [InlineData("tiff:Orientation=\"9\"", 1)]
    public void Xmp_gives_the_orientation_where_exif_has_none(string xmp, int orientation)
    {
        var png = SamplePictures.WithChunk(PictureFixtures.File("idefics3/tiny.png"), "iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Encoding.UTF8.GetBytes(xmp)]);
        Assert.Equal(orientation, PictureHeader.Read(png, PictureLimits.Default).Orientation);
        var both = SamplePictures.WithChunk(png, "eXIf", Exif(7));
        Assert.Equal(7, PictureHeader.Read(both, PictureLimits.Default).Orientation);
    }

    [Fact]
    public void Exif_in_hexadecimal_text_is_read_from_a_png()
    {
        var text = "\n\nexif\n  26\n" + Convert.ToHexString(Exif(4)) + "\n";
        var png = SamplePictures.WithChunk(PictureFixtures.File("idefics3/tiny.png"), "tEXt", [.. "Raw profile type exif\0"u8, .. Encoding.ASCII.GetBytes(text[1..])]);
        Assert.Equal(4, PictureHeader.Read(png, PictureLimits.Default).Orientation);
    }

    [Fact]
    public void Broken_metadata_does_not_refuse_a_picture()
    {
        var exif = Exif(6);
        for (var length = 0; length < exif.Length; length++)
            PictureHeader.Read(SamplePictures.WithChunk(PictureFixtures.File("idefics3/tiny.png"), "eXIf", exif[..length]), PictureLimits.Default);
    }

    [Fact]
    public void A_jpeg_of_a_million_segments_is_read_in_one_pass()
    {
        byte[] segment = [0xFF, 0xE1, 0x00, 0x0A, .. "Exif\0\0"u8, 0x49, 0x49];
        var photo = PictureFixtures.File("idefics3/photo.jpg");
        byte[] file = [.. photo[..2], .. Enumerable.Repeat(segment, 1_000_000).SelectMany(bytes => bytes), .. photo[2..]];
        Assert.Equal(new PictureSize(64, 48), PictureHeader.Read(file, PictureLimits.Default).Size);
    }

    [Fact]
    public void A_jpeg_that_goes_over_its_pixels_too_often_is_refused()
    {
        var file = PictureFixtures.File("smolvlm/progressive_444.jpg"); // 120 x 28
        byte[] scans = [.. file[..^2], .. Enumerable.Repeat<byte[]>([0xFF, 0xDA, 0, 3, 0], 40).SelectMany(scan => scan), .. file[^2..]];
        Refused(scans, new PictureLimits { MaxPixels = 3360 }, "120 x 28", "67200");
        PictureHeader.Read(file, new PictureLimits { MaxPixels = 3360 });
    }

    /// <summary>Big-endian EXIF with the orientation as its only entry.</summary>
    private static byte[] Exif(byte orientation) => [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];

    private static void Refused(byte[] file, PictureLimits limits, params string[] named)
    {
        var message = Assert.Throws<PictureException>(() => PictureHeader.Read(file, limits)).Message;
        Assert.All(named, part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.Equal(message, Assert.Throws<PictureException>(() => PictureDecoder.Decode(file, limits)).Message);
    }
}
