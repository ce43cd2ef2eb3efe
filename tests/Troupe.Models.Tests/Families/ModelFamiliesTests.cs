using Troupe.Models.Checkpoints;
using Troupe.Models.Devices;
using Troupe.Models.Families;

namespace Troupe.Models.Tests.Families;

public sealed class ModelFamiliesTests
{
    [Fact]
    public void A_model_type_that_is_not_served_is_refused_with_those_that_are()
    {
        using var model = TemporaryModel.CopyOf("llama").With("config.json", config => config["model_type"] = "mamba");
        using var checkpoint = model.Open();
        var message = Assert.Throws<CheckpointException>(() => ModelFamilies.For(checkpoint)).Message;
        Assert.Contains("'mamba'", message, StringComparison.Ordinal);
        Assert.Contains("idefics3, llama, smolvlm", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("llama", "llama", new[] { "text" }, 512, 512)]
    [InlineData("llama-rope3", "llama", new[] { "text" }, 1024, 480)]
    [InlineData("idefics3", "idefics3", new[] { "text", "image" }, 512, 410)]
    [InlineData("smolvlm-published", "idefics3", new[] { "text", "image" }, 8192, 49_280)]
    public void A_model_is_described_from_its_settings_alone(string folder, string type, string[] modalities, int context, int vocabulary)
    {
        using var model = TemporaryModel.CopyOf(folder);
        foreach (var file in Directory.GetFiles(model.Directory, "*.safetensors"))
            File.Delete(file);
        using var checkpoint = model.Open();
        Assert.Equivalent(new ModelDescription(type, modalities, context, vocabulary), ModelFamilies.For(checkpoint).Describe(checkpoint), strict: true);
    }

    [Fact]
    public void The_same_layout_under_the_name_of_SmolVLM_is_served()
    {
        using var model = TemporaryModel.CopyOf("idefics3").With("config.json", config =>
        {
            config["model_type"] = "smolvlm";
            config["vision_config"]!["model_type"] = "smolvlm_vision";
        });
        using var checkpoint = model.Open();
        Assert.Equal("smolvlm", ModelFamilies.For(checkpoint).Describe(checkpoint).ModelType);
    }

    [Fact]
    public void What_config_json_asks_for_and_is_not_supported_is_named()
    {
        using var model = TemporaryModel.CopyOf("llama").With("config.json", config => config["rope_parameters"]!["rope_type"] = "dynamic");
        using var checkpoint = model.Open();
        var message = Assert.Throws<CheckpointException>(() => ModelFamilies.For(checkpoint).CreateDecoder(checkpoint, TorchRuntime.Open(new TorchOptions { Device = "cpu" }))).Message;
        Assert.Contains("'dynamic'", message, StringComparison.Ordinal);
    }
}
