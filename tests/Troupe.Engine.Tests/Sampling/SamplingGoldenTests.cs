using Troupe.Engine.Sampling;
using Troupe.Parity.Product;

namespace Troupe.Engine.Tests.Sampling;

/// <summary>Every case of the recorded set, through the product's own probabilities.</summary>
public sealed class SamplingGoldenTests
{
    private const double Absolute = 1e-6;
    private const double Relative = 1e-5;

    private static readonly SamplingGolden s_golden = SamplingGolden.Load;

    public static TheoryData<string> ProbabilityCases => [.. s_golden.OfKind("probabilities").Select(row => row.GetProperty("name").GetString()!)];

    [Fact]
    public void The_recorded_set_is_whole()
    {
        Assert.Equal(211, s_golden.OfKind("probabilities").Count());
        Assert.Equal(214, s_golden.Cases.Count);
    }

    [Theory]
    [MemberData(nameof(ProbabilityCases))]
    public void Probabilities_equal_the_reference(string name)
    {
        var row = s_golden.Named(name);
        var expected = s_golden.Tensor(row.GetProperty("tensors").GetProperty("probs").GetProperty("key"));

        var actual = TokenDistribution.Probabilities(
            s_golden.Tensor(row.GetProperty("logits")),
            SamplingGolden.Parameters(row.GetProperty("params")),
            SamplingGolden.Ids(row.GetProperty("prompt_ids")),
            SamplingGolden.Ids(row.GetProperty("generated_ids")));

        Assert.Equal(expected.Length, actual.Length);
        for (var id = 0; id < expected.Length; id++)
        {
            Assert.Equal(expected[id] == 0, actual[id] == 0);
            AssertClose(expected[id], actual[id]);
        }

        Assert.Equal(row.GetProperty("kept").GetInt32(), actual.Count(probability => probability > 0));
    }

    [Fact]
    public void Logprobs_equal_the_reference_raw_and_processed()
    {
        foreach (var row in s_golden.Named("logprobs").GetProperty("rows").EnumerateArray())
        {
            var logits = s_golden.Tensor(row.GetProperty("logits"));
            var token = row.GetProperty("token").GetInt32();
            var top = row.GetProperty("raw_top").EnumerateArray().ToArray();

            var raw = TokenDistribution.Logprobs(logits, token, top.Length);
            Assert.Equal(token, raw.TokenId);
            AssertClose(row.GetProperty("raw_logprob").GetDouble(), raw.Logprob);
            Assert.Equal(top.Select(pair => pair[0].GetInt32()), raw.Top.Select(alternative => alternative.TokenId));
            foreach (var (pair, alternative) in top.Zip(raw.Top))
                AssertClose(pair[1].GetDouble(), alternative.Logprob);

            var processed = TokenDistribution.Probabilities(logits, SamplingGolden.Parameters(row.GetProperty("processed_params")), [], []);
            AssertClose(row.GetProperty("processed_logprob").GetDouble(), Math.Log(processed[token]));
            foreach (var pair in row.GetProperty("processed_top").EnumerateArray())
                AssertClose(pair[1].GetDouble(), Math.Log(processed[pair[0].GetInt32()]));
        }
    }

    [Fact]
    public void A_sampler_with_one_uniform_draws_the_reference_tokens_from_these_probabilities()
    {
        foreach (var row in s_golden.Named("inverse_cdf").GetProperty("rows").EnumerateArray())
        {
            var probabilities = TokenDistribution.Probabilities(s_golden.Tensor(row.GetProperty("logits")), SamplingGolden.Parameters(row.GetProperty("params")), [], []);
            var expected = SamplingGolden.Ids(row.GetProperty("token"));
            var actual = row.GetProperty("u").EnumerateArray().Select(u => InverseCdf(probabilities, u.GetDouble()));
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Logits_of_which_no_distribution_can_be_made_are_refused()
    {
        foreach (var row in s_golden.Named("rejected").GetProperty("logits").EnumerateArray())
        {
            var logits = row.GetProperty("logits").EnumerateArray().Select(SamplingFields.Logit).ToArray();
            foreach (var temperature in new[] { 0f, 1f })
                Assert.Throws<InvalidLogitsException>(() => TokenDistribution.Probabilities(logits, new() { Temperature = temperature }, [], []));
        }
    }

    [Fact]
    public void Parameters_that_the_reference_refuses_are_refused_with_their_name()
    {
        foreach (var row in s_golden.Named("rejected").GetProperty("params").EnumerateArray())
        {
            var name = row.GetProperty("param").GetString()!;
            var problem = Assert.Single(SamplingFields.With(new(), name, row.GetProperty("value")).Validate());
            Assert.Equal(name, problem.Field);
        }
    }

    [Fact]
    public void Parameters_of_every_recorded_case_are_accepted()
    {
        foreach (var row in s_golden.OfKind("probabilities"))
            Assert.Empty(SamplingGolden.Parameters(row.GetProperty("params")).Validate());
    }

    private static int InverseCdf(float[] probabilities, double u)
    {
        var cumulative = 0.0;
        for (var id = 0; id < probabilities.Length; id++)
        {
            cumulative += probabilities[id];
            if (cumulative > u)
                return id;
        }

        return probabilities.Length - 1;
    }

    private static void AssertClose(double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= Absolute + Relative * Math.Abs(expected), $"expected {expected}, got {actual}");
}
