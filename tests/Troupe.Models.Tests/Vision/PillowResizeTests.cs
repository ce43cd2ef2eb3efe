using CsCheck;
using Troupe.Models.Vision;
using Troupe.Models.Vision.Resizing;

namespace Troupe.Models.Tests.Vision;

public class PillowResizeTests
{
    /// <summary>Top left quarters that Pillow's own tests state for two bright and two dark squares; the rest is its mirror and its complement.</summary>
    [Theory]
    [InlineData(ResampleFilter.Box, 8, 4, "e1e1 e1e1")]
    [InlineData(ResampleFilter.Bilinear, 8, 4, "e1c9 c9b7")]
    [InlineData(ResampleFilter.Hamming, 8, 4, "e1da dad3")]
    [InlineData(ResampleFilter.Bicubic, 12, 6, "e1e3d4 e3e5d6 d4d6c9")]
    [InlineData(ResampleFilter.Lanczos, 16, 8, "e1e0e4d7 e0dfe3d6 e4e3e7da d7d6d9ce")]
    [InlineData(ResampleFilter.Box, 2, 4, "e1e1 e1e1")]
    [InlineData(ResampleFilter.Bilinear, 2, 4, "e1b0 b098")]
    [InlineData(ResampleFilter.Hamming, 2, 4, "e1d2 d2c5")]
    [InlineData(ResampleFilter.Bicubic, 4, 8, "e1e5eeb9 e5e9f3bc eef3fdc1 b9bcc1a2")]
    [InlineData(ResampleFilter.Lanczos, 6, 12, "e1e0dbedf5b8 e0dfdaecf3b7 dbdbd6e7eeb5 edece6fbffbf f5f4eeffffc4 b8b7b4bfc4a0")]
    public void Squares_come_out_as_Pillow_states_them(ResampleFilter filter, int side, int resized, string quarter)
    {
        var squares = Gray(side, side, (x, y) => (byte)(x < side / 2 == y < side / 2 ? 0xE1 : 255 - 0xE1));
        var values = Convert.FromHexString(quarter.Replace(" ", "", StringComparison.Ordinal));
        var half = resized / 2;
        var expected = Gray(resized, resized, (x, y) =>
        {
            var value = values[Math.Min(y, resized - 1 - y) * half + Math.Min(x, resized - 1 - x)];
            return x < half == y < half ? value : (byte)(255 - value);
        });
        Assert.Equal(expected.Pixels, PillowResize.Resize(squares, resized, resized, filter).Pixels);
    }

    [Theory]
    [InlineData("vit", ResampleFilter.Bilinear, 32, "picture0.png", "picture1.png", "picture2.jpg", "picture3.png")]
    [InlineData("siglip", ResampleFilter.Bicubic, 36, "picture0.png", "picture1.png", "picture2.png")]
    public void Pictures_come_out_as_the_reference_recorded_them(string folder, ResampleFilter filter, int side, params string[] files)
    {
        using var expected = PictureFixtures.Tensors($"{folder}/expected.safetensors");
        for (var i = 0; i < files.Length; i++)
        {
            var resized = PillowResize.Resize(PictureFixtures.Decode($"{folder}/{files[i]}"), side, side, filter);
            var planes = Enumerable.Range(0, 3).SelectMany(channel => Enumerable.Range(0, side * side).Select(pixel => resized.Pixels[pixel * 3 + channel]));
            Assert.Equal(expected.Tensors[$"resized_{i}"].Bytes.ToArray(), planes);
        }
    }

    [Theory]
    [InlineData(5, 3, new[] { 0, 2, 4 })]
    [InlineData(2, 5, new[] { 0, 0, 1, 1, 1 })]
    [InlineData(3, 2, new[] { 0, 2 })]
    [InlineData(4, 2, new[] { 1, 3 })]
    public void Nearest_takes_the_pixel_under_the_centre(int input, int output, int[] columns)
    {
        var across = PillowResize.Resize(Gray(input, 1, (x, _) => (byte)x), output, 1, ResampleFilter.Nearest);
        var down = PillowResize.Resize(Gray(1, input, (_, y) => (byte)y), 1, output, ResampleFilter.Nearest);
        Assert.Equal(columns, across.Pixels.Chunk(3).Select(pixel => (int)pixel[0]));
        Assert.Equal(across.Pixels, down.Pixels);
    }

    [Fact]
    public void One_colour_stays_that_colour_at_every_size_by_every_filter() =>
        Gen.Select(Gen.Int[1, 80], Gen.Int[1, 80], Gen.Int[1, 80], Gen.Int[1, 80], Gen.Byte, Gen.Enum<ResampleFilter>())
            .Sample((width, height, newWidth, newHeight, gray, filter) =>
                !PillowResize.Resize(Gray(width, height, (_, _) => gray), newWidth, newHeight, filter).Pixels.AsSpan().ContainsAnyExcept(gray));

    /// <summary>The vector code against a direct statement of the rule: 22 fraction bits, rounded and clipped after each pass.</summary>
    [Fact]
    public void Every_size_equals_the_rule_applied_pixel_by_pixel() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[1, 50], Gen.Int[1, 50], Gen.Int[1, 50], Gen.Int, Gen.Enum<ResampleFilter>().Where(filter => filter != ResampleFilter.Nearest))
            .Sample((width, height, newWidth, newHeight, seed, filter) =>
            {
                var pixels = new byte[width * height * 3];
                new Random(seed).NextBytes(pixels);
                var picture = new RgbPicture(width, height, pixels);
                var verticalFirst = newHeight < height && height - newHeight > 2 * (width - newWidth);
                var expected = verticalFirst
                    ? Across(Turned(Across(Turned(picture), newHeight, filter)), newWidth, filter)
                    : Turned(Across(Turned(Across(picture, newWidth, filter)), newHeight, filter));
                Assert.Equal(expected.Pixels, PillowResize.Resize(picture, newWidth, newHeight, filter).Pixels);
            }, iter: 200);

    private static RgbPicture Across(RgbPicture picture, int width, ResampleFilter filter)
    {
        if (width == picture.Width)
            return picture;
        var weights = new ResampleWeights(picture.Width, width, filter);
        var output = new byte[width * picture.Height * 3];
        for (var i = 0; i < output.Length; i++)
        {
            var (x, y, channel) = (i / 3 % width, i / 3 / width, i % 3);
            long sum = 1 << 21;
            var taps = weights.Of(x);
            for (var t = 0; t < taps.Length; t++)
                sum += (long)taps[t] * picture.Pixels[(y * picture.Width + weights.Start(x) + t) * 3 + channel];
            output[i] = (byte)Math.Clamp(sum >> 22, 0, 255);
        }
        return new RgbPicture(width, picture.Height, output);
    }

    /// <summary>Rows become columns.</summary>
    private static RgbPicture Turned(RgbPicture picture)
    {
        var output = new byte[picture.Pixels.Length];
        for (var i = 0; i < output.Length; i++)
            output[i] = picture.Pixels[(i / 3 % picture.Height * picture.Width + i / 3 / picture.Height) * 3 + i % 3];
        return new RgbPicture(picture.Height, picture.Width, output);
    }

    private static RgbPicture Gray(int width, int height, Func<int, int, byte> value) =>
        new(width, height, [.. Enumerable.Range(0, width * height * 3).Select(i => value(i / 3 % width, i / 3 / width))]);
}
