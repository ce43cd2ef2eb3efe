using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Troupe.Models.Families;
using Troupe.Models.Vision;
using Troupe.Models.Vision.Idefics3;

namespace Troupe.Models.Tests.Vision;

/// <summary>The settings of SmolVLM-256M-Instruct: 2048 pixels, tiles of 512.</summary>
public class SmolVlmPictureTests
{
    private const int Side = 512;
    private static readonly JsonElement Expected = PictureFixtures.Json("smolvlm/expected.json");
    private static readonly Idefics3ImageProcessor Processor = new(new Idefics3ImageSettings { LongestEdge = 2048, TileSide = Side });

    public static TheoryData<string> Pictures => Names(c => c.TryGetProperty("image", out _));

    public static TheoryData<string> Pairs => Names(c => c.TryGetProperty("images", out _));

    [Theory, MemberData(nameof(Pictures))]
    public void Decoded_pixels_equal_the_references(string name)
    {
        var expected = Case(name);
        var picture = Decode(expected, expected.GetProperty("image").GetString()!);
        Assert.Equal(expected.GetProperty("size_wh").Ints(), new[] { picture.Width, picture.Height });
        Assert.Equal(expected.GetProperty("rgb_sum").Longs(), PictureFixtures.Sums(picture));
        var row = expected.GetProperty("rgb_first_row").EnumerateArray().SelectMany(pixel => pixel.Ints()).ToArray();
        Assert.Equal(row, picture.Pixels.Take(row.Length).Select(value => (int)value));
    }

    [Theory, MemberData(nameof(Pictures))]
    public void Tiles_equal_the_references_to_the_8_bit_step(string name)
    {
        var expected = Case(name);
        var picture = Decode(expected, expected.GetProperty("image").GetString()!);
        var (grid, tiles) = Processor.Tiles(picture, split: null);
        Assert.Equal((expected.GetProperty("rows").GetInt32(), expected.GetProperty("cols").GetInt32()), (grid.Rows, grid.Columns));
        Assert.Equal(expected.GetProperty("tiles").GetInt32(), tiles.Count);
        Assert.Equal(expected.GetProperty("tile_u8_sum").EnumerateArray().Select(sum => sum.Longs()), tiles.Select(PictureFixtures.Sums));
        CropsAreEqual(expected, Processor.Process(picture));
    }

    [Theory, MemberData(nameof(Pairs))]
    public void Two_pictures_have_the_references_mean_and_deviation(string name)
    {
        var expected = Case(name);
        var split = expected.GetProperty("do_image_splitting").GetBoolean();
        var statistics = expected.GetProperty("images").EnumerateArray()
            .SelectMany(image => Statistics(Processor.Process(Decode(expected, image.GetString()!), split)));
        var wanted = expected.GetProperty("tile_mean_std").EnumerateArray().SelectMany(tile => tile.EnumerateArray()).Select(number => number.GetDouble());
        Assert.All(wanted.Zip(statistics), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Theory, MemberData(nameof(Pictures))]
    public void The_plan_and_the_prompt_need_no_pixels_and_equal_the_references(string name)
    {
        var expected = Case(name);
        var size = expected.GetProperty("size_wh").Ints();
        var grid = Processor.Plan(new PictureSize(size[0], size[1]));
        int[][] resizes =
        [
            [size[1], size[0], grid.Resized.Height, grid.Resized.Width],
            [grid.Resized.Height, grid.Resized.Width, grid.Tiling.Height, grid.Tiling.Width],
            [grid.Tiling.Height, grid.Tiling.Width, Side, Side],
        ];
        Assert.Equal(expected.GetProperty("resize_calls").EnumerateArray().Select(call => call.Ints()), resizes);

        var layout = new Idefics3PromptLayout(64);
        var prompt = expected.GetProperty("rendered_prompt").GetString()!.Replace(layout.ImageToken, layout.Expand(grid), StringComparison.Ordinal);
        Assert.Equal(expected.GetProperty("expanded_prompt_chars").GetInt32(), prompt.Length);
        Assert.Equal(expected.GetProperty("expanded_prompt_sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(prompt))));
        Assert.Equal(prompt.Split(layout.ImageToken).Length - 1, layout.ImageTokens(grid));
    }

    [Fact]
    public void Every_recorded_size_has_the_references_grid()
    {
        var cases = Expected.GetProperty("sizes");
        Assert.NotEqual(0, cases.GetArrayLength());
        foreach (var expected in cases.EnumerateArray())
        {
            var (resized, tiling) = (expected.GetProperty("resized_hw").Ints(), expected.GetProperty("tiling_hw").Ints());
            Assert.Equal(
                new TileGrid(new(resized[1], resized[0]), new(tiling[1], tiling[0]), expected.GetProperty("rows").GetInt32(), expected.GetProperty("cols").GetInt32()),
                Processor.Plan(new PictureSize(expected.GetProperty("width").GetInt32(), expected.GetProperty("height").GetInt32())));
        }
    }

    private static void CropsAreEqual(JsonElement expected, PreparedPicture picture)
    {
        const int Crop = 16;
        using var file = PictureFixtures.Tensors("smolvlm/crops.safetensors");
        var crops = file.Tensors[expected.GetProperty("name").GetString() + ".tile_crops"].Bytes;
        var values = MemoryMarshal.Cast<byte, float>(picture.Tensors["pixel_values"].Data.Span);
        var (at, places) = (0, Expected.GetProperty("crop_places").EnumerateArray().Select(place => place.Ints()).ToArray());
        foreach (var tile in expected.GetProperty("crop_tiles").Ints())
            foreach (var place in places)
                for (var channel = 0; channel < 3; channel++)
                    for (var y = 0; y < Crop; y++)
                        for (var x = 0; x < Crop; x++)
                            Assert.Equal(Normalised(crops[at++]), values[((tile * 3 + channel) * Side + place[0] + y) * Side + place[1] + x]);
    }

    /// <summary>As the reference states it: <c>float32((float32(v / 255 in float64) - 0.5) / 0.5)</c>.</summary>
    private static float Normalised(byte value) => ((float)(value / 255.0) - 0.5f) / 0.5f;

    /// <summary>Mean of each channel, then deviation of each channel, tile by tile.</summary>
    private static IEnumerable<double> Statistics(PreparedPicture picture)
    {
        var values = MemoryMarshal.Cast<byte, float>(picture.Tensors["pixel_values"].Data.Span).ToArray();
        return values.Chunk(3 * Side * Side).SelectMany(tile =>
        {
            var channels = tile.Chunk(Side * Side).Select(channel => channel.Select(value => (double)value).ToArray()).ToArray();
            var means = channels.Select(channel => channel.Average()).ToArray();
            return means.Concat(channels.Select((channel, i) => Math.Sqrt(channel.Average(value => (value - means[i]) * (value - means[i])))));
        });
    }

    private static RgbPicture Decode(JsonElement expected, string image) =>
        PictureFixtures.Decode("smolvlm/" + image, expected.GetProperty("route").GetString() == "path" ? PictureRoute.Path : PictureRoute.Object);

    private static JsonElement Case(string name) => Expected.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);

    private static TheoryData<string> Names(Func<JsonElement, bool> select) =>
        [.. Expected.GetProperty("cases").EnumerateArray().Where(select).Select(c => c.GetProperty("name").GetString()!)];
}
