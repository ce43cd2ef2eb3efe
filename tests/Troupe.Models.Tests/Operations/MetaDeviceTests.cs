using Troupe.Models.Checkpoints;
using Troupe.Models.Decoders;
using Troupe.Models.Devices;
using Troupe.Models.Families;
using Troupe.Models.Operations;
using Troupe.Models.Operations.Torch;
using Troupe.Models.Vision;

namespace Troupe.Models.Tests.Operations;

/// <summary>
/// Forward passes on a device whose tensors have shapes and no values: an operand that was left on the CPU, or a value that is read before
/// the end, would slow down or break a GPU and goes unseen on the CPU.
/// </summary>
public sealed class MetaDeviceTests
{
    private static readonly TorchDevice Meta = TorchRuntime.Open(new TorchOptions { Device = "meta" });
    private static readonly TorchDevice Cpu = TorchRuntime.Open(new TorchOptions { Device = "cpu" });

    [Theory]
    [InlineData("llama")]
    [InlineData("llama-bf16")]
    [InlineData("llama-rope3")]
    [InlineData("llama-sharded")]
    [InlineData("idefics3")]
    [InlineData("idefics3-bf16")]
    public void A_decoder_prefills_and_decodes_several_sequences(string name)
    {
        using var checkpoint = Checkpoint.Open(Fixture.Model(name));
        using var decoder = ModelFamilies.For(checkpoint).CreateDecoder(checkpoint, Meta);
        using ISequenceCache one = decoder.CreateCache(), two = decoder.CreateCache();

        Assert.Equal(70, decoder.Forward([Ids(one, 70, LogitRows.All)]).Rows);
        using var fork = one.Fork();
        var mixed = decoder.Forward([Ids(one, 1, LogitRows.Last), Ids(two, 100, LogitRows.None), Ids(fork, 2, LogitRows.All)]);
        Assert.Equal((3, 3 * decoder.VocabularySize), (mixed.Rows, mixed.Values.Length));
        Assert.Equal((71, 100, 72), (one.Length, two.Length, fork.Length));
        Assert.Equal(0, decoder.Forward([Ids(two, 3, LogitRows.None)]).Rows);
    }

    [Fact]
    public void A_decoder_takes_features_in_place_of_embeddings()
    {
        using var checkpoint = Checkpoint.Open(Fixture.Model("idefics3"));
        var family = ModelFamilies.For(checkpoint);
        using var encoder = family.CreateImageEncoder(checkpoint, Meta)!;
        using var decoder = family.CreateDecoder(checkpoint, Meta);
        var features = encoder.Encode([Picture(encoder, "wide.png"), Picture(encoder, "tall.png")]);
        Assert.All(features, feature => Assert.Equal([28, 48], feature.Tensors[FeatureSet.Embeddings].Shape));

        using ISequenceCache one = decoder.CreateCache(), two = decoder.CreateCache();
        var chunk = Ids(one, 40, LogitRows.Last) with { Features = [new FeatureRows(features[0], 0, 3, 28)] };
        var other = Ids(two, 20, LogitRows.Last) with { Features = [new FeatureRows(features[1], 20, 0, 8), new FeatureRows(features[0], 5, 12, 2)] };
        Assert.Equal(2, decoder.Forward([chunk, other]).Rows);
    }

    [Fact]
    public void Tiles_that_are_partly_padding_are_encoded()
    {
        using var checkpoint = Checkpoint.Open(Fixture.Model("idefics3"));
        using var encoder = ModelFamilies.For(checkpoint).CreateImageEncoder(checkpoint, Meta)!;
        var picture = Picture(encoder, "square.png");
        var mask = picture.Tensors["pixel_attention_mask"];
        var half = mask.Data.ToArray();
        half.AsSpan(half.Length / 2).Clear();
        var partly = picture with { Tensors = new Dictionary<string, HostTensor>(picture.Tensors) { ["pixel_attention_mask"] = mask with { Data = half } } };
        Assert.Equal(picture.Tensors["pixel_values"].Shape[0] * 4, encoder.Encode([partly])[0].Tensors[FeatureSet.Embeddings].Shape[0]);
    }

    [Fact]
    public void An_operand_on_the_CPU_is_caught()
    {
        using var meta = new TorchOperations(Meta, TorchSharp.torch.ScalarType.Float32);
        using var cpu = new TorchOperations(Cpu, TorchSharp.torch.ScalarType.Float32);
        using var step = meta.BeginStep();
        var tensor = new HostTensor(ElementType.F32, [2, 4], new byte[32]);
        var (here, elsewhere) = (meta.FromHost(tensor, 0, 2), cpu.FromHost(tensor, 0, 2));

        Assert.Equal(2, meta.Add(here, here).Count);
        Assert.Contains("on CPU", Assert.Throws<InvalidOperationException>(() => meta.Add(here, elsewhere)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => meta.Replace(here, 0, elsewhere));
    }

    [Fact]
    public void A_read_in_the_middle_is_caught_and_one_at_the_end_is_not()
    {
        using var meta = new TorchOperations(Meta, TorchSharp.torch.ScalarType.Float32);
        var tensor = new HostTensor(ElementType.F32, [2, 4], new byte[32]);
        using (meta.BeginStep())
        {
            var rows = meta.FromHost(tensor, 0, 2);
            Assert.Equal(8, meta.Read(meta.Add(rows, rows)).Length);
            Assert.Contains("must read once, at its end", Assert.Throws<InvalidOperationException>(() => meta.Add(rows, rows)).Message, StringComparison.Ordinal);
            Assert.Throws<InvalidOperationException>(() => meta.Read(rows));
        }
        using (meta.BeginStep())
            Assert.Equal([2, 4], meta.ToHost(meta.FromHost(tensor, 0, 2)).Shape);
    }

    [Fact]
    public void A_forward_pass_that_is_looked_at_reads_in_the_middle_and_is_caught()
    {
        using var checkpoint = Checkpoint.Open(Fixture.Model("llama"));
        using var decoder = ModelFamilies.For(checkpoint).CreateDecoder(checkpoint, Meta);
        using var cache = decoder.CreateCache();
        ((IProbed)decoder).Probe = new Blind();
        Assert.Throws<InvalidOperationException>(() => decoder.Forward([Ids(cache, 3, LogitRows.Last)]));
    }

    private static SequenceChunk Ids(ISequenceCache cache, int count, LogitRows logits) =>
        new(cache, Enumerable.Range(5, count).ToArray(), [], logits);

    private static PreparedPicture Picture(IImageEncoder encoder, string name) =>
        encoder.Prepare(File.ReadAllBytes(Path.Combine(Fixture.Model("idefics3"), "inputs", name)), PictureLimits.Default, PictureOptions.Default);

    private sealed class Blind : IForwardProbe
    {
        public void Record(string name, int rows, int width, float[] values)
        {
        }
    }
}
