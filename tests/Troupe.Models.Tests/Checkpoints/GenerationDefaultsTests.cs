using System.Text;
using Troupe.Models.Checkpoints;

namespace Troupe.Models.Tests.Checkpoints;

public class GenerationDefaultsTests
{
    [Fact]
    public void The_files_values_are_read() =>
        Assert.Equivalent(
            new GenerationDefaults { EndTokenIds = [2, 3], PadTokenId = 0, StartTokenId = 1, Sample = true, Temperature = 0.6f, TopK = 20, TopP = 0.9f, RepetitionPenalty = 1.1f },
            From("""{"eos_token_id":[2,3],"pad_token_id":0,"bos_token_id":1,"do_sample":true,"temperature":0.6,"top_k":20,"top_p":0.9,"repetition_penalty":1.1}""", """{"eos_token_id":9,"temperature":7}"""),
            strict: true);

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData(null, "{}")]
    [InlineData("""{"temperature":null,"top_k":null,"do_sample":null}""", "{}")]
    public void Without_values_generation_is_greedy_with_the_references_defaults(string? generation, string config) =>
        Assert.Equivalent(new GenerationDefaults { EndTokenIds = [], Sample = false, Temperature = 1, TopK = 50, TopP = 1, RepetitionPenalty = 1 }, From(generation, config), strict: true);

    [Theory]
    [InlineData("""{"eos_token_id":[4]}""", """{"eos_token_id":5,"text_config":{"eos_token_id":6}}""", 4)]
    [InlineData("{}", """{"eos_token_id":5,"text_config":{"eos_token_id":6}}""", 5)]
    [InlineData(null, """{"eos_token_id":5}""", 5)]
    [InlineData(null, """{"eos_token_id":null,"text_config":{"eos_token_id":6}}""", 6)]
    public void End_tokens_come_from_the_first_place_that_has_some(string? generation, string config, int expected) =>
        Assert.Equal([expected], From(generation, config).EndTokenIds);

    [Fact]
    public void Sampling_of_config_json_counts_only_without_a_file_of_its_own()
    {
        const string Config = """{"do_sample":true,"temperature":0.7,"top_p":0.8}""";
        Assert.Equal((true, 0.7f, 0.8f), Sampling(From(null, Config)));
        Assert.Equal((false, 1f, 1f), Sampling(From("{}", Config)));
    }

    [Fact]
    public void A_value_of_the_wrong_kind_is_named_with_its_file()
    {
        Assert.Equal("generation_config.json: 'temperature' is \"hot\"; a number was expected.", Assert.Throws<CheckpointException>(() => From("""{"temperature":"hot"}""", "{}")).Message);
        Assert.Equal("config.json: 'text_config.eos_token_id' is \"</s>\"; a whole number or a list of them was expected.", Assert.Throws<CheckpointException>(() => From(null, """{"text_config":{"eos_token_id":"</s>"}}""")).Message);
    }

    private static (bool, float, float) Sampling(GenerationDefaults defaults) => (defaults.Sample, defaults.Temperature, defaults.TopP);

    private static GenerationDefaults From(string? generation, string config) =>
        GenerationDefaults.From(generation is null ? null : Parse(generation, "generation_config.json"), Parse(config, "config.json"));

    private static ConfigSection Parse(string json, string file) => ConfigSection.Parse(Encoding.UTF8.GetBytes(json), file);
}
