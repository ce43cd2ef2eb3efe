using System.Text.Json.Nodes;
using Troupe.Models.Checkpoints;
using Troupe.Models.Decoders;

namespace Troupe.Models.Tests.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_folder_without_config_json_and_no_folder_at_all_are_refused()
    {
        Assert.Contains("config.json is missing", Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder.Path)).Message, StringComparison.Ordinal);
        var absent = Path.Combine(_folder.Path, "absent");
        Assert.Contains($"{absent}: there is no such folder", Assert.Throws<CheckpointException>(() => Checkpoint.Open(absent)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_folder_lacks_is_found_when_it_is_asked_for()
    {
        using var checkpoint = Open("""{"model_type":"llama"}""");
        Assert.Equal("llama", checkpoint.ModelType);
        Assert.Null(checkpoint.Processor ?? checkpoint.Preprocessor ?? checkpoint.TokenizerConfig);
        Assert.Null(checkpoint.ChatTemplate);
        Assert.Contains("tokenizer.json is missing", Assert.Throws<CheckpointException>(() => checkpoint.TokenizerJson).Message, StringComparison.Ordinal);
        Assert.Throws<CheckpointException>(() => checkpoint.Weights);
    }

    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("jinja", "{\"chat_template\":\"json\"}", "{\"chat_template\":\"tokenizer\"}", "jinja")]
    [InlineData(null, "{\"chat_template\":\"json\"}", "{\"chat_template\":\"tokenizer\"}", "json")]
    [InlineData(null, "{}", "{\"chat_template\":\"tokenizer\"}", "tokenizer")]
    [InlineData(null, "{\"chat_template\":null}", "{\"chat_template\":\"tokenizer\"}", "tokenizer")]
    [InlineData(null, null, "{\"chat_template\":\"tokenizer\"}", "tokenizer")]
    [InlineData(null, null, "{\"chat_template\":null}", null)]
    [InlineData(null, null, "{\"chat_template\":[{\"name\":\"tool_use\",\"template\":\"tools\"},{\"name\":\"default\",\"template\":\"named\"}]}", "named")]
    [InlineData(null, null, "{\"chat_template\":[{\"name\":\"tool_use\",\"template\":\"tools\"}]}", null)]
    [InlineData("", null, "{\"chat_template\":\"tokenizer\"}", "")]
    public void The_chat_template_is_taken_from_the_first_file_that_has_one(string? jinja, string? json, string? tokenizer, string? expected)
    {
        foreach (var (name, text) in ((string, string?)[])[("chat_template.jinja", jinja), ("chat_template.json", json), ("tokenizer_config.json", tokenizer)])
            if (text is not null)
                _folder.Write(name, text);
        using var checkpoint = Open("{}");
        Assert.Equal(expected, checkpoint.ChatTemplate);
    }

    [Theory]
    [InlineData("{\"chat_template\":7}")]
    [InlineData("{\"chat_template\":{}}")]
    [InlineData("{\"chat_template\":[\"text\"]}")]
    [InlineData("{\"chat_template\":[{\"name\":\"default\"}]}")]
    [InlineData("{\"chat_template\":[{\"name\":\"default\",\"template\":7}]}")]
    [InlineData("{\"chat_template\":[{\"name\":7,\"template\":\"text\"}]}")]
    public void A_chat_template_of_the_wrong_kind_is_named_with_its_file(string tokenizer)
    {
        var path = _folder.Write("tokenizer_config.json", tokenizer);
        var refusal = Assert.Throws<CheckpointException>(() => Open("{}")).Message;
        Assert.StartsWith($"{path}: 'chat_template' is", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void The_picture_settings_may_lie_inside_the_processors()
    {
        _folder.Write("processor_config.json", """{"image_processor":{"size":{"longest_edge":7}}}""");
        using (var checkpoint = Open("{}"))
            Assert.Equal(7, checkpoint.Preprocessor!.Section("size").Int("longest_edge"));
        _folder.Write("preprocessor_config.json", """{"size":{"longest_edge":8}}""");
        using (var checkpoint = Open("{}"))
            Assert.Equal(8, checkpoint.Preprocessor!.Section("size").Int("longest_edge"));
    }

    /// <summary>The published layout of the Llama 3 checkpoints and the one that newer tools write name the same model.</summary>
    [Fact]
    public void Both_layouts_of_config_json_describe_the_same_model()
    {
        var published = JsonNode.Parse(File.ReadAllBytes(Path.Combine(Fixture.Model("llama-rope3"), "config.json")))!.AsObject();
        var newer = published.DeepClone().AsObject();
        var rope = newer["rope_scaling"]!.DeepClone().AsObject();
        rope["rope_theta"] = newer["rope_theta"]!.DeepClone();
        newer["rope_parameters"] = rope;
        newer["dtype"] = newer["torch_dtype"]!.DeepClone();
        foreach (var key in (string[])["rope_scaling", "rope_theta", "torch_dtype"])
            newer.Remove(key);
        Assert.Equal("llama3", Llama(published).Rope.Type);
        Assert.Equal(Llama(newer), Llama(published));
    }

    [Fact]
    public void Absent_settings_have_the_references_defaults() =>
        Assert.Equal(
            new LlamaConfig
            {
                VocabularySize = 32_000, HiddenSize = 4096, IntermediateSize = 11_008, Layers = 32, Heads = 32, KeyValueHeads = 32, HeadDim = 128,
                RmsNormEpsilon = 1e-6f, MaxPositions = 2048, HiddenActivation = "silu", AttentionBias = false, MlpBias = false, TieWordEmbeddings = false,
                Rope = new RopeParameters { Type = "default", Theta = 10_000, Factor = 1, LowFreqFactor = 1, HighFreqFactor = 4, OriginalMaxPositions = 2048 },
            },
            Llama(new JsonObject()));

    public void Dispose() => _folder.Dispose();

    private static LlamaConfig Llama(JsonObject json) => LlamaConfig.From(ConfigSection.Parse(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()), "config.json"));

    private Checkpoint Open(string config)
    {
        _folder.Write("config.json", config);
        return Checkpoint.Open(_folder.Path);
    }
}
