using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Troupe.Models.Checkpoints;
using Troupe.Models.Families;
using Troupe.Models.Vision.Idefics3;
using Troupe.Models.Vision.Resizing;

namespace Troupe.Models.Tests.Vision;

public class Idefics3ImageProcessorTests
{
    private static readonly Idefics3ImageSettings Tiny = From(Encoding.UTF8.GetString(PictureFixtures.File("idefics3/preprocessor_config.json")));

    public static TheoryData<string> Cases =>
        [.. PictureFixtures.Json("idefics3/cases.json").GetProperty("cases").EnumerateArray().Select(c => c.GetProperty("name").GetString()!)];

    [Theory, MemberData(nameof(Cases))]
    public void Pixel_values_equal_the_references_exactly(string name)
    {
        var expected = PictureFixtures.Json("idefics3/cases.json").GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);
        bool? split = expected.GetProperty("split").ValueKind == JsonValueKind.Null ? null : expected.GetProperty("split").GetBoolean();
        var processor = new Idefics3ImageProcessor(Tiny);
        var pictures = expected.GetProperty("images").EnumerateArray()
            .Select(image => processor.Process(PictureFixtures.Decode("idefics3/" + image.GetString()), split)).ToArray();

        using var file = PictureFixtures.Tensors("idefics3/expected.safetensors");
        var values = file.Tensors[name + ".pixel_values"];
        Assert.Equal(MemoryMarshal.Cast<byte, float>(values.Bytes).ToArray(), pictures.SelectMany(p => MemoryMarshal.Cast<byte, float>(p.Tensors["pixel_values"].Data.Span).ToArray()));
        Assert.Equal(values.Shape[1], pictures.Sum(p => p.Tensors["pixel_values"].Shape[0]));
        Assert.All(pictures, picture =>
        {
            var mask = picture.Tensors["pixel_attention_mask"];
            Assert.Equal((ElementType.U8, mask.Count), (mask.Type, mask.Data.Length));
            Assert.False(mask.Data.Span.ContainsAnyExcept((byte)1));
        });
    }

    [Fact]
    public void A_jpeg_decodes_to_the_references_pixels()
    {
        using var file = PictureFixtures.Tensors("idefics3/expected.safetensors");
        Assert.Equal(file.Tensors["two_nosplit.photo_rgb"].Bytes.ToArray(), PictureFixtures.Decode("idefics3/photo.jpg").Pixels);
    }

    [Fact]
    public void Settings_that_are_absent_have_the_references_defaults() =>
        Assert.Equivalent(new Idefics3ImageSettings { LongestEdge = 1456, TileSide = 364, Resample = ResampleFilter.Lanczos }, From("{}"), strict: true);

    [Theory]
    [InlineData("""{"resample": 9}""", "resample")]
    [InlineData("""{"size": {"longest_edge": 0}}""", "size.longest_edge")]
    [InlineData("""{"max_image_size": {"longest_edge": 2000000000}}""", "max_image_size.longest_edge")]
    [InlineData("""{"image_mean": [0.5]}""", "image_mean")]
    public void A_setting_out_of_range_is_refused_by_name(string json, string key) =>
        Assert.Contains($"'{key}'", Assert.Throws<CheckpointException>(() => From(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_picture_that_fits_one_tile_is_neither_split_nor_repeated()
    {
        var processor = new Idefics3ImageProcessor(new Idefics3ImageSettings { LongestEdge = 32, TileSide = 32 });
        var grid = processor.Plan(new PictureSize(10, 10));
        Assert.Equal((0, 0, 1, false), (grid.Rows, grid.Columns, grid.Tiles, grid.IsSplit));
        Assert.Equal("<fake_token_around_image><global-img><image><image><fake_token_around_image>", new Idefics3PromptLayout(2).Expand(grid));
    }

    private static Idefics3ImageSettings From(string json) => Idefics3ImageSettings.From(ConfigSection.Parse(Encoding.UTF8.GetBytes(json), "preprocessor_config.json"));
}
