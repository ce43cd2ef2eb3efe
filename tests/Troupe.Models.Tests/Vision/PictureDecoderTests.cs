using CsCheck;
using NetVips;
using Troupe.Models.Vision;

namespace Troupe.Models.Tests.Vision;

public class PictureDecoderTests
{
    public static TheoryData<string, int> Orientations
    {
        get
        {
            var rows = new TheoryData<string, int>();
            foreach (var format in new[] { ".png", ".webp", ".jpg" })
                for (var orientation = 1; orientation <= 8; orientation++)
                    rows.Add(format, orientation);
            return rows;
        }
    }

    [Theory, MemberData(nameof(Orientations))]
    public void Every_orientation_turns_the_picture_as_libvips_does(string format, int orientation)
    {
        using var stored = SamplePictures.Noise(13, 7, 3);
        using var oriented = SamplePictures.Oriented(stored, orientation);
        var file = format switch
        {
            ".png" => oriented.PngsaveBuffer(),
            ".webp" => oriented.WebpsaveBuffer(lossless: true),
            _ => oriented.JpegsaveBuffer(q: 95),
        };
        // What the file holds, lossy or not, without its orientation; libvips then turns it by its own rules.
        var flat = SamplePictures.Decode(file, PictureRoute.Object);
        using var again = Image.NewFromMemoryCopy(flat.Pixels, 13, 7, 3, Enums.BandFormat.Uchar);
        using var expected = SamplePictures.Oriented(again, orientation).Autorot();

        var picture = SamplePictures.Decode(file);
        Assert.Equal((expected.Width, expected.Height), (picture.Width, picture.Height));
        Assert.Equal(expected.WriteToMemory<byte>(), picture.Pixels);
        Assert.Equal(orientation, PictureHeader.Read(file, PictureLimits.Default).Orientation);
    }

    [Fact]
    public void Lossless_webp_keeps_the_colours_under_transparent_pixels_and_they_go_white_on_the_other_route()
    {
        byte[] pixels = [10, 20, 30, 0, 40, 50, 60, 255, 70, 80, 90, 128];
        using var image = Image.NewFromMemoryCopy(pixels, 3, 1, 4, Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        var file = image.WebpsaveBuffer(lossless: true, exact: true);
        Assert.Equal(new byte[] { 10, 20, 30, 40, 50, 60, 70, 80, 90 }, SamplePictures.Decode(file).Pixels);
        Assert.Equal(new byte[] { 255, 255, 255, 40, 50, 60, 162, 167, 172 }, SamplePictures.Decode(file, PictureRoute.Object).Pixels);
    }

    [Fact]
    public void Gif_of_any_size_interlaced_or_not_decodes_to_the_colours_that_were_saved() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 60], Gen.Int, Gen.Bool).Sample((width, height, seed, interlaced) =>
        {
            using var image = SamplePictures.FewColors(width, height, seed);
            var picture = SamplePictures.Decode(image.GifsaveBuffer(interlace: interlaced, dither: 0));
            Assert.Equal(image.WriteToMemory<byte>(), picture.Pixels);
        }, iter: 60);

    [Fact]
    public void A_gif_frame_that_reaches_over_its_screen_makes_the_picture_larger()
    {
        using var image = SamplePictures.FewColors(6, 4);
        var file = image.GifsaveBuffer(dither: 0);
        (file[6], file[8]) = (1, 9); // screen of 1 x 9
        var picture = SamplePictures.Decode(file);
        Assert.Equal((6, 9), (picture.Width, picture.Height));
        Assert.Equal(image.WriteToMemory<byte>(), picture.Pixels[..(6 * 4 * 3)]);
    }

    [Theory]
    [InlineData(1, new byte[] { 0b1010_0000, 0, 0, 0 })]
    [InlineData(4, new byte[] { 0x10, 0x10, 0, 0 })]
    [InlineData(8, new byte[] { 1, 0, 1, 0 })]
    public void A_bmp_with_a_palette_shows_its_colours(int bits, byte[] row)
    {
        var file = SamplePictures.Bmp(3, 1, bits, row, [1, 2, 3, 0, 4, 5, 6, 0]);
        Assert.Equal(new byte[] { 6, 5, 4, 3, 2, 1, 6, 5, 4 }, SamplePictures.Decode(file).Pixels);
    }

    [Theory]
    [InlineData(0u, new uint[0], 0x7FFF, 255, 255, 255)]
    [InlineData(0u, new uint[0], 0x0401, 8, 0, 8)]
    [InlineData(3u, new uint[] { 0xF800, 0x7E0, 0x1F }, 0x0821, 8, 4, 8)]
    public void A_bmp_of_16_bits_is_widened_as_Pillow_does(uint compression, uint[] masks, int value, byte red, byte green, byte blue)
    {
        var file = SamplePictures.Bmp(1, 1, 16, [(byte)value, (byte)(value >> 8), 0, 0], compression: compression, masks: masks);
        Assert.Equal([red, green, blue], SamplePictures.Decode(file).Pixels.ToArray());
    }

    [Fact]
    public void A_bmp_of_32_bits_has_alpha_only_where_its_masks_say_so()
    {
        byte[] pixel = [1, 2, 3, 0];
        var plain = SamplePictures.Bmp(1, 1, 32, pixel);
        var masked = SamplePictures.Bmp(1, 1, 32, pixel, compression: 3, masks: [0xFF0000, 0xFF00, 0xFF]);
        Assert.Equal(new byte[] { 3, 2, 1 }, SamplePictures.Decode(plain, PictureRoute.Object).Pixels);
        Assert.Equal(new byte[] { 3, 2, 1 }, SamplePictures.Decode(masked, PictureRoute.Object).Pixels);
    }

    [Fact]
    public void A_bmp_of_runs_stands_upright()
    {
        byte[] k = [0, 0, 0], r = [255, 0, 0], b = [0, 0, 255];
        Assert.Equal([.. b, .. b, .. k, .. k, .. b, .. r, .. b, .. b, .. r, .. r, .. r, .. r], SamplePictures.Decode(SamplePictures.RunLengthBmp()).Pixels.ToArray());
    }

    [Fact]
    public void Png_colours_of_16_bits_take_their_high_byte()
    {
        byte[] samples = [0x34, 0x12, 0xFF, 0x7F, 0xFF, 0xFF]; // little-endian in memory
        using var image = Image.NewFromMemoryCopy(samples, 1, 1, 3, Enums.BandFormat.Ushort).Copy(interpretation: Enums.Interpretation.Rgb16);
        Assert.Equal(new byte[] { 0x12, 0x7F, 0xFF }, SamplePictures.Decode(image.PngsaveBuffer(bitdepth: 16)).Pixels);
    }

    [Fact]
    public void A_transparent_colour_of_a_png_is_kept_beside_its_pixels_and_can_be_made_white()
    {
        using var image = Image.NewFromMemoryCopy(new byte[] { 7, 9, 7 }, 3, 1, 1, Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Bw);
        var file = SamplePictures.WithChunk(image.PngsaveBuffer(), "tRNS", 0, 7);
        var picture = SamplePictures.Decode(file);
        Assert.Equal(new RgbColor(7, 7, 7), picture.TransparentColor);
        Assert.Equal(new byte[] { 7, 7, 7, 9, 9, 9, 7, 7, 7 }, picture.Pixels);
        byte[] white = [255, 255, 255, 9, 9, 9, 255, 255, 255];
        Assert.Equal(white, picture.OntoWhite().Pixels);
        Assert.Equal(white, SamplePictures.Decode(file, PictureRoute.Object).Pixels);
    }

    [Fact]
    public void Many_pictures_decode_at_once_to_the_same_pixels()
    {
        var files = SamplePictures.All.Values.ToArray();
        var alone = files.Select(file => SamplePictures.Decode(file).Pixels).ToArray();
        Parallel.For(0, 200, i => Assert.Equal(alone[i % files.Length], SamplePictures.Decode(files[i % files.Length]).Pixels));
    }
}
