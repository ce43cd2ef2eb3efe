using System.Text.Json.Nodes;
using Troupe.Models.Checkpoints;
using Troupe.Models.Devices;
using Troupe.Models.Families;
using Troupe.Models.Vision;

namespace Troupe.Models.Tests.Families;

/// <summary>Prompt and encoder run on different silos; they must count the same feature rows.</summary>
public sealed class PictureAgreementTests
{
    public static TheoryData<string, bool?> Pictures => new MatrixTheoryData<string, bool?>(["photo.jpg", "square.png", "tall.png", "tiny.png", "wide.png"], [null, true, false]);

    [Theory, MemberData(nameof(Pictures))]
    public void The_prompt_has_a_placeholder_for_every_feature_row(string name, bool? split)
    {
        using var checkpoint = Checkpoint.Open(Fixture.Model("idefics3"));
        var family = ModelFamilies.For(checkpoint);
        using var encoder = family.CreateImageEncoder(checkpoint, TorchRuntime.Open(new TorchOptions { Device = "cpu" }))!;
        var prompts = family.CreatePromptBuilder(checkpoint);
        var file = File.ReadAllBytes(Path.Combine(Fixture.Model("idefics3"), "inputs", name));
        var size = PictureHeader.Read(file, PictureLimits.Default).Size;
        var options = new PictureOptions(split);

        var features = encoder.Encode([encoder.Prepare(file, PictureLimits.Default, options)])[0].Tensors[FeatureSet.Embeddings];
        var prompt = prompts.Build([new ChatMessage("user", [new ImagePart(), new TextPart("?")])], [size], new PromptOptions { Pictures = options });

        Assert.Equal(features.Shape[0], prompt.Slots.Sum(slot => slot.Length));
        Assert.Equal(features.Shape[0], prompts.ImageTokens(size, options));
        Assert.Equal(48, features.Shape[1]);
    }

    [Fact]
    public void A_picture_that_the_options_leave_whole_is_one_tile()
    {
        using var checkpoint = Checkpoint.Open(Fixture.Model("idefics3"));
        var prompts = ModelFamilies.For(checkpoint).CreatePromptBuilder(checkpoint);
        Assert.Equal(4, prompts.ImageTokens(new PictureSize(96, 48), new PictureOptions(Split: false)));
        Assert.Equal(28, prompts.ImageTokens(new PictureSize(96, 48), new PictureOptions(Split: true)));
        Assert.Equal(28, prompts.ImageTokens(new PictureSize(96, 48), PictureOptions.Default));
    }

    [Theory]
    [InlineData("processor_config.json", "image_seq_len", "5", "'image_seq_len' is 5; 4, the feature rows")]
    [InlineData("config.json", "image_token_id", "5", "'image_token_id' is 5; the id of <image> in tokenizer.json (407)")]
    [InlineData("config.json", "scale_factor", "3", "a multiple of scale_factor (3)")]
    [InlineData("preprocessor_config.json", "max_image_size", """{"longest_edge": 24}""", "patches along a side (3)")]
    public void Settings_that_do_not_fit_together_are_refused_by_name(string file, string key, string value, string message)
    {
        using var model = TemporaryModel.CopyOf("idefics3").With(file, json => json[key] = JsonNode.Parse(value));
        using var checkpoint = model.Open();
        Assert.Contains(message, Assert.Throws<CheckpointException>(() => ModelFamilies.For(checkpoint).CreatePromptBuilder(checkpoint)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_picture_settings_neither_role_is_made()
    {
        using var model = TemporaryModel.CopyOf("idefics3").Without("preprocessor_config.json").Without("processor_config.json");
        using var checkpoint = model.Open();
        Assert.Contains("preprocessor_config.json is missing", Assert.Throws<CheckpointException>(() => ModelFamilies.For(checkpoint).CreatePromptBuilder(checkpoint)).Message, StringComparison.Ordinal);
        Assert.Throws<CheckpointException>(() => ModelFamilies.For(checkpoint).CreateImageEncoder(checkpoint, TorchRuntime.Open(new TorchOptions { Device = "cpu" })));
    }

    /// <summary>A tile smaller than the table of positions: its patches are spread over the table, as those of a partly real tile are.</summary>
    [Fact]
    public void Tiles_of_another_size_than_the_tower_was_made_for_are_encoded()
    {
        using var model = TemporaryModel.CopyOf("idefics3")
            .With("preprocessor_config.json", json => json["max_image_size"]!["longest_edge"] = 16)
            .With("processor_config.json", json => json["image_seq_len"] = 1);
        using var checkpoint = model.Open();
        using var encoder = ModelFamilies.For(checkpoint).CreateImageEncoder(checkpoint, TorchRuntime.Open(new TorchOptions { Device = "cpu" }))!;
        var file = File.ReadAllBytes(Path.Combine(Fixture.Model("idefics3"), "inputs", "square.png"));
        var features = encoder.Encode([encoder.Prepare(file, PictureLimits.Default, new PictureOptions(Split: false))])[0];
        Assert.Equal([1, 48], features.Tensors[FeatureSet.Embeddings].Shape);

        var ids = new int[4];
        PatchPositions.Fill([true, true, true, true], side: 2, tableSide: 4, ids);
        Assert.Equal([0, 2, 8, 10], ids);
    }
}
