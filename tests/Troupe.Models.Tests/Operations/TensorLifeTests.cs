using TorchSharp;
using Troupe.Models.Checkpoints;
using Troupe.Models.Decoders;
using Troupe.Models.Devices;
using Troupe.Models.Families;
using Troupe.Models.Vision;

namespace Troupe.Models.Tests.Operations;

/// <summary>Tensors live outside the garbage collector's sight: what is not disposed stays.</summary>
[Collection(nameof(TensorCounting))]
public sealed class TensorLifeTests
{
    private static readonly TorchDevice Device = TorchRuntime.Open(new TorchOptions { Device = "cpu" });

    [Theory]
    [InlineData("llama")]
    [InlineData("llama-rope3")]
    [InlineData("idefics3")]
    [InlineData("idefics3-bf16")]
    public void No_tensor_is_left_of_a_decoder(string name)
    {
        Run(name);
        var before = torch.Tensor.TotalCount;
        Run(name);
        Assert.Equal(before, torch.Tensor.TotalCount);

        static void Run(string name)
        {
            using var checkpoint = Checkpoint.Open(Fixture.Model(name));
            using var decoder = ModelFamilies.For(checkpoint).CreateDecoder(checkpoint, Device);
            using var cache = decoder.CreateCache();
            decoder.Forward([Ids(cache, 30, LogitRows.All)]);
            using var fork = cache.Fork();
            using var other = decoder.CreateCache();
            for (var step = 0; step < 70; step++)                                         // the caches grow
                decoder.Forward([Ids(cache, 1, LogitRows.Last), Ids(fork, 1, LogitRows.Last), Ids(other, 3, LogitRows.None)]);
        }
    }

    [Fact]
    public void A_step_leaves_nothing_but_what_the_caches_hold()
    {
        using var checkpoint = Checkpoint.Open(Fixture.Model("llama"));
        using var decoder = ModelFamilies.For(checkpoint).CreateDecoder(checkpoint, Device);
        using var cache = decoder.CreateCache();
        decoder.Forward([Ids(cache, 2, LogitRows.Last)]);
        var before = torch.Tensor.TotalCount;
        for (var step = 0; step < 20; step++)
            decoder.Forward([Ids(cache, 2, LogitRows.All)]);
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void A_step_that_fails_leaves_no_tensor()
    {
        using var checkpoint = Checkpoint.Open(Fixture.Model("llama"));
        using var decoder = ModelFamilies.For(checkpoint).CreateDecoder(checkpoint, Device);
        using var cache = decoder.CreateCache();
        decoder.Forward([Ids(cache, 2, LogitRows.Last)]);
        var before = torch.Tensor.TotalCount;
        Assert.ThrowsAny<Exception>(() => decoder.Forward([new SequenceChunk(cache, new[] { 1, 100_000 }, [], LogitRows.Last)]));
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void No_tensor_is_left_of_an_encoder()
    {
        Run();
        var before = torch.Tensor.TotalCount;
        Run();
        Assert.Equal(before, torch.Tensor.TotalCount);

        static void Run()
        {
            using var checkpoint = Checkpoint.Open(Fixture.Model("idefics3"));
            using var encoder = ModelFamilies.For(checkpoint).CreateImageEncoder(checkpoint, Device)!;
            PreparedPicture[] pictures =
            [
                .. new[] { "wide.png", "tall.png", "tiny.png" }.Select(name =>
                    encoder.Prepare(File.ReadAllBytes(Path.Combine(Fixture.Model("idefics3"), "inputs", name)), PictureLimits.Default, PictureOptions.Default)),
            ];
            Assert.Equal(3, encoder.Encode(pictures).Count);
            Assert.Empty(encoder.Encode([]));
        }
    }

    [Fact]
    public void A_model_that_cannot_be_loaded_leaves_no_tensor()
    {
        using var model = TemporaryModel.CopyOf("llama").Renaming(name => name == "model.norm.weight" ? null : name);
        using var checkpoint = model.Open();
        var before = torch.Tensor.TotalCount;
        Assert.Throws<CheckpointException>(() => ModelFamilies.For(checkpoint).CreateDecoder(checkpoint, Device));
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    private static SequenceChunk Ids(ISequenceCache cache, int count, LogitRows logits) => new(cache, Enumerable.Range(5, count).ToArray(), [], logits);
}
