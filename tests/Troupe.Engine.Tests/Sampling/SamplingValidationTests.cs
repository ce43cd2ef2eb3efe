using Troupe.Engine.Sampling;

namespace Troupe.Engine.Tests.Sampling;

public sealed class SamplingValidationTests
{
    public static TheoryData<string, SamplingParameters> Refused => new()
    {
        { "temperature", new() { Temperature = float.NaN } },
        { "temperature", new() { Temperature = float.PositiveInfinity } },
        { "top_p", new() { TopP = float.NaN } },
        { "frequency_penalty", new() { FrequencyPenalty = 2.1f } },
        { "presence_penalty", new() { PresencePenalty = -2.1f } },
        { "no_repeat_ngram_size", new() { NoRepeatNgramSize = -1 } },
        { "max_tokens", new() { MaxTokens = 0 } },
        { "min_tokens", new() { MinTokens = 3, MaxTokens = 2 } },
        { "logprobs", new() { Logprobs = 21 } },
        { "logit_bias", new() { LogitBias = new Dictionary<int, float> { [1] = 101 } } },
        { "logit_bias", new() { LogitBias = new Dictionary<int, float> { [100] = 1 } } },
        { "allowed_token_ids", new() { AllowedTokenIds = [] } },
        { "allowed_token_ids", new() { AllowedTokenIds = [-1] } },
        { "suppress_token_ids", new() { SuppressTokenIds = [100] } },
        { "stop_token_ids", new() { StopTokenIds = [100] } },
        { "stop", new() { StopStrings = [""] } },
        { "stop", new() { StopStrings = [.. Enumerable.Repeat("x", 17)] } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_parameter_out_of_range_is_named_with_its_limit(string field, SamplingParameters sampling)
    {
        var problem = Assert.Single(sampling.Validate(vocabularySize: 100));
        Assert.Equal(field, problem.Field);
        Assert.Contains(field, problem.ToString(), StringComparison.Ordinal);
        Assert.Contains("must be", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_edges_of_the_ranges_are_accepted()
    {
        Assert.Empty(new SamplingParameters().Validate());
        Assert.Empty(new SamplingParameters { TopP = 0, MinP = 1, TypicalP = 1, FrequencyPenalty = -2, PresencePenalty = 2, Logprobs = 20, MinTokens = 1, MaxTokens = 1 }.Validate());
    }

    [Fact]
    public void Every_problem_is_reported_at_once() =>
        Assert.Equal(["temperature", "top_k"], new SamplingParameters { Temperature = -1, TopK = -1 }.Validate().Select(problem => problem.Field));
}
