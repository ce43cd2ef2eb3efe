using System.Text.Json;
using Troupe.Models.Checkpoints;
using Troupe.Models.Decoders;
using Troupe.Models.Devices;
using Troupe.Models.Operations;

namespace Troupe.Models.Tests.Checkpoints;

public sealed class WeightStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Shards_are_read_as_their_index_says()
    {
        using var store = WeightStore.Open(Fixture.Model("llama-sharded"));
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Fixture.Model("llama-sharded"), "model.safetensors.index.json")));
        var places = index.RootElement.GetProperty("weight_map").EnumerateObject().ToArray();
        Assert.Equal(places.Select(place => place.Name).Order(), store.Tensors.Keys.Order());
        Assert.Equal(4, places.Select(place => place.Value.GetString()).Distinct().Count());
        Assert.Equal(index.RootElement.GetProperty("metadata").GetProperty("total_size").GetInt64(), store.Tensors.Values.Sum(tensor => tensor.ByteLength));
        Assert.All(places.Take(3), place =>
        {
            using var shard = SafetensorsFile.Open(Path.Combine(Fixture.Model("llama-sharded"), place.Value.GetString()!));
            Assert.Equal(shard.Tensors[place.Name].Bytes.ToArray(), store.Tensors[place.Name].Bytes.ToArray());
        });
    }

    [Fact]
    public void A_tensor_of_a_shard_that_the_index_does_not_name_is_left_out()
    {
        Shard("a.safetensors", "x", "y");
        Index("""{"x":"a.safetensors"}""");
        using var store = WeightStore.Open(_folder.Path);
        Assert.Equal(["x"], store.Tensors.Keys);
    }

    [Fact]
    public void One_file_goes_before_an_index()
    {
        Shard("model.safetensors", "whole");
        Index("""{"x":"absent.safetensors"}""");
        using var store = WeightStore.Open(_folder.Path);
        Assert.Equal(["whole"], store.Tensors.Keys);
        Assert.Equal(["model.safetensors"], WeightStore.FileNames(_folder.Path));
    }

    [Theory]
    [InlineData("""{"x":"absent.safetensors"}""", "names the shard absent.safetensors, which is not there")]
    [InlineData("""{"x":"a.safetensors","z":"a.safetensors"}""", "places tensor 'z' in a.safetensors, which does not hold it")]
    [InlineData("""{"x":"../a.safetensors"}""", "names the shard '../a.safetensors'; a shard is a file of the same folder")]
    [InlineData("""{"x":"/a.safetensors"}""", "a shard is a file of the same folder")]
    [InlineData("""{"x":".."}""", "names the shard .., which is not there")]
    [InlineData("""{"x":""}""", "names the shard ''")]
    [InlineData("""{"x":7}""", "is not an index of weights")]
    [InlineData("""{"x":"a.safetensors","x":"a.safetensors"}""", "is not an index of weights")]
    [InlineData("[]", "is not an index of weights")]
    public void An_index_that_does_not_fit_its_shards_is_refused(string map, string message)
    {
        Shard("a.safetensors", "x");
        Index(map);
        var refusal = Assert.Throws<CheckpointException>(() => WeightStore.Open(_folder.Path)).Message;
        Assert.Contains(message, refusal, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, refusal, StringComparison.Ordinal);
        Assert.Contains("model.safetensors.index.json", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void A_file_that_is_no_index_is_refused(string json)
    {
        _folder.Write("model.safetensors.index.json", json);
        Assert.Contains("is not an index of weights", Assert.Throws<CheckpointException>(() => WeightStore.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_weights_is_refused_with_the_files_it_could_have()
    {
        var refusal = Assert.Throws<CheckpointException>(() => WeightStore.Open(_folder.Path)).Message;
        Assert.Contains("neither model.safetensors nor model.safetensors.index.json", refusal, StringComparison.Ordinal);
        Assert.Empty(WeightStore.FileNames(_folder.Path));
    }

    /// <summary>As the reference does: a weight that nobody asks for is reported and does no harm.</summary>
    [Fact]
    public void Weights_that_no_model_takes_are_listed_with_their_shapes()
    {
        using var model = TemporaryModel.CopyOf("llama").Renaming(name => name == "lm_head.weight" ? "lm_head.spare" : name);
        using var checkpoint = model.Open();
        Assert.Equal(checkpoint.Weights.Tensors.Count, checkpoint.Weights.Unused.Count);
        using (LoadLlama(checkpoint)) { }
        var unused = Assert.Single(checkpoint.Weights.Unused);
        Assert.Equal("lm_head.spare", unused.Name);
        Assert.Equal(checkpoint.Weights.Tensors["model.embed_tokens.weight"].Shape, unused.Shape);
    }

    [Fact]
    public void A_whole_checkpoint_has_no_unused_weights()
    {
        using var checkpoint = Checkpoint.Open(Fixture.Model("llama-sharded"));
        using (LoadLlama(checkpoint)) { }
        Assert.Empty(checkpoint.Weights.Unused);
    }

    [Fact]
    public void Missing_and_mis_shaped_weights_are_reported_together_with_their_shapes()
    {
        using var model = TemporaryModel.CopyOf("llama")
            .Renaming(name => name is "model.norm.weight" or "model.layers.1.mlp.down_proj.weight" ? null : name)
            .With("config.json", config => config["vocab_size"] = 7);
        using var checkpoint = model.Open();
        var refusal = Assert.Throws<CheckpointException>(() => LoadLlama(checkpoint)).Message;
        var embedding = checkpoint.Weights.Tensors["model.embed_tokens.weight"];
        var hidden = embedding.Shape[1];
        Assert.StartsWith(model.Directory, refusal, StringComparison.Ordinal);
        Assert.Contains($"model.embed_tokens.weight has shape {StoredTensor.Describe(embedding.Shape)}, (7, {hidden}) was expected", refusal, StringComparison.Ordinal);
        Assert.Contains($"model.norm.weight ({hidden}) is missing", refusal, StringComparison.Ordinal);
        Assert.Contains($"model.layers.1.mlp.down_proj.weight ({hidden}, {LlamaConfig.From(checkpoint.Config).IntermediateSize}) is missing", refusal, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static LlamaDecoder LoadLlama(Checkpoint checkpoint) =>
        WeightLoader.Load(checkpoint, TorchRuntime.Open(new TorchOptions { Device = "cpu" }), weights => new LlamaDecoder(LlamaConfig.From(checkpoint.Config), weights.Operations, weights.Under("model."), weights));

    private void Shard(string file, params string[] tensors) =>
        _folder.Write(file, SafetensorsWriter.Write([.. tensors.Select(name => (name, "U8", new long[] { 1 }, new byte[] { 1 }))]));

    private void Index(string map) => _folder.Write("model.safetensors.index.json", $$"""{"metadata":{},"weight_map":{{map}} }""");
}
