using Troupe.Models.Checkpoints;
using Troupe.Models.Decoders;
using Troupe.Models.Devices;
using Troupe.Models.Families;
using Troupe.Models.Vision;

namespace Troupe.Models.Tests.Families;

/// <summary>A silo reads the weights of its role: proven by folders that hold no others.</summary>
public sealed class RoleWeightsTests
{
    private static readonly TorchDevice Device = TorchRuntime.Open(new TorchOptions { Device = "cpu", DType = "f32" });

    [Fact]
    public void The_vision_role_needs_no_decoder_weights()
    {
        using var whole = Checkpoint.Open(Fixture.Model("idefics3"));
        using var part = TemporaryModel.CopyOf("idefics3").Renaming(name => IsVision(name) ? name : null);
        using var checkpoint = part.Open();
        Assert.Equal(Features(whole), Features(checkpoint));

        var message = Assert.Throws<CheckpointException>(() => ModelFamilies.For(checkpoint).CreateDecoder(checkpoint, Device)).Message;
        Assert.Contains("model.text_model.embed_tokens.weight (410, 48) is missing", message, StringComparison.Ordinal);
        Assert.DoesNotContain("vision", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_decode_role_needs_no_vision_weights()
    {
        using var whole = Checkpoint.Open(Fixture.Model("idefics3-bf16"));
        using var part = TemporaryModel.CopyOf("idefics3-bf16").Renaming(name => IsVision(name) ? null : name);
        using var checkpoint = part.Open();
        Assert.Equal(Logits(whole), Logits(checkpoint));

        var message = Assert.Throws<CheckpointException>(() => ModelFamilies.For(checkpoint).CreateImageEncoder(checkpoint, Device)).Message;
        Assert.Contains("model.connector.modality_projection.proj.weight (48, 128) is missing", message, StringComparison.Ordinal);
        Assert.DoesNotContain("text_model", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("idefics3")]
    [InlineData("llama")]
    public void A_model_that_was_saved_without_its_head_class_has_the_same_answer(string name)
    {
        using var whole = Checkpoint.Open(Fixture.Model(name));
        using var part = TemporaryModel.CopyOf(name).Renaming(weight => weight.StartsWith("model.", StringComparison.Ordinal) ? weight["model.".Length..] : weight);
        using var checkpoint = part.Open();
        Assert.Equal(Logits(whole), Logits(checkpoint));
        if (name == "idefics3")
            Assert.Equal(Features(whole), Features(checkpoint));
    }

    [Fact]
    public void Without_an_output_matrix_the_embedding_serves_whatever_the_flag_says()
    {
        using var tied = TemporaryModel.CopyOf("llama").With("config.json", config => config["tie_word_embeddings"] = true);
        using var headless = TemporaryModel.CopyOf("llama").Renaming(name => name == "lm_head.weight" ? null : name);
        using var one = tied.Open();
        using var other = headless.Open();
        using var untied = Checkpoint.Open(Fixture.Model("llama"));
        Assert.Equal(Logits(one), Logits(other));
        Assert.NotEqual(Logits(untied), Logits(other));
    }

    private static bool IsVision(string name) => name.Contains("vision_model", StringComparison.Ordinal) || name.Contains("connector", StringComparison.Ordinal);

    private static byte[] Features(Checkpoint checkpoint)
    {
        using var encoder = ModelFamilies.For(checkpoint).CreateImageEncoder(checkpoint, Device)!;
        var file = File.ReadAllBytes(Path.Combine(Fixture.Model("idefics3"), "inputs", "wide.png"));
        return encoder.Encode([encoder.Prepare(file, PictureLimits.Default, PictureOptions.Default)])[0].Tensors[FeatureSet.Embeddings].Data.ToArray();
    }

    private static float[] Logits(Checkpoint checkpoint)
    {
        using var decoder = ModelFamilies.For(checkpoint).CreateDecoder(checkpoint, Device);
        using var cache = decoder.CreateCache();
        return decoder.Forward([new SequenceChunk(cache, new[] { 3, 14, 15, 92 }, [], LogitRows.All)]).Values;
    }
}
