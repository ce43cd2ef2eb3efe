using CsCheck;
using Troupe.Engine.Sampling;

namespace Troupe.Engine.Tests.Sampling;

public sealed class TokenSamplerTests
{
    [Fact]
    public void Greedy_takes_the_lowest_of_tied_ids() => Assert.Equal(1, Draw([0, 3, 2, 3, 3], new()));

    [Fact]
    public void Greedy_counts_negative_zero_as_zero() => Assert.Equal(0, Draw([-0f, 0f, -1], new()));

    [Fact]
    public void Greedy_obeys_the_rules_before_temperature_and_skips_those_after_it() =>
        Assert.Equal(2, Draw([0, 3, 2], new() { SuppressTokenIds = [1], TopK = 1, TopP = 0.01f, MinP = 1, TypicalP = 0.01f }));

    [Fact]
    public void A_tiny_temperature_does_not_overflow()
    {
        Assert.Equal(2, Draw([-200, 100, 200], new() { Temperature = 1e-38f }));
        Assert.Equal(2, Draw([-400, -300, -200], new() { Temperature = 1e-38f }));
    }

    [Fact]
    public void The_model_s_row_is_not_changed()
    {
        float[] logits = [1, 2, 3];
        Draw(logits, new() { SuppressTokenIds = [2], Temperature = 0.5f, TopK = 1 });
        Assert.Equal([1f, 2, 3], logits);
    }

    [Fact]
    public void Rules_that_leave_no_token_are_an_error() =>
        Assert.Throws<InvalidLogitsException>(() => Draw([1, 2, 3], new() { AllowedTokenIds = [1], SuppressTokenIds = [1] }));

    [Fact]
    public void End_tokens_are_excluded_until_min_tokens()
    {
        var sampling = new SamplingParameters { MinTokens = 2, StopTokenIds = [2] };
        Assert.Equal(1, Draw([0, 1, 2], sampling));
        Assert.Equal(1, Draw([0, 1, 2], sampling, [0]));
        Assert.Equal(2, Draw([0, 1, 2], sampling, [0, 0]));
    }

    [Theory]
    [InlineData(2, new[] { 5, 1, 2, 3, 1 }, new[] { 2 })]
    [InlineData(3, new[] { 1, 2, 3, 4, 1, 2 }, new[] { 3 })]
    [InlineData(3, new[] { 1, 2, 3, 1, 2, 4, 1, 2 }, new[] { 3, 4 })]
    [InlineData(4, new[] { 1, 2, 3 }, new int[0])]
    [InlineData(1, new[] { 1, 2 }, new[] { 1, 2 })]
    public void Ids_that_would_repeat_an_ngram_are_excluded(int size, int[] history, int[] excluded)
    {
        var probabilities = TokenDistribution.Probabilities(new float[6], new() { Temperature = 1, NoRepeatNgramSize = size }, history.AsSpan(0, 1), history.AsSpan(1));
        Assert.Equal(excluded, Enumerable.Range(0, 6).Where(id => probabilities[id] == 0));
    }

    /// <summary>top-p against its definition by a full sort, on rows where ties are common.</summary>
    [Fact]
    public void Top_p_keeps_the_smallest_set_that_reaches_the_mass() =>
        Gen.Select(Gen.Int[-6, 6].Array[1, 300], Gen.Int[0, 99]).Sample((values, percent) =>
        {
            var logits = values.Select(value => value / 2f).ToArray();
            var all = TokenDistribution.Probabilities(logits, new() { Temperature = 1 }, [], []);
            var mass = percent / 100f + 0.0037f; // never on the edge of a sum
            var kept = new HashSet<int>();
            var sum = 0.0;
            foreach (var id in Enumerable.Range(0, all.Length).OrderByDescending(id => all[id]).ThenBy(id => id))
            {
                if (kept.Count > 0 && sum >= mass)
                    break;
                kept.Add(id);
                sum += all[id];
            }

            var actual = TokenDistribution.Probabilities(logits, new() { Temperature = 1, TopP = mass }, [], []);
            return Math.Abs(sum - mass) < 1e-5 || Enumerable.Range(0, all.Length).All(id => actual[id] > 0 == kept.Contains(id));
        });

    [Fact]
    public void Top_k_keeps_the_k_largest_and_their_ties() =>
        Gen.Select(Gen.Int[-20, 20].Array[1, 300], Gen.Int[1, 310]).Sample((values, k) =>
        {
            var logits = values.Select(value => value / 4f).ToArray();
            var threshold = logits.OrderDescending().ElementAt(Math.Min(k, logits.Length) - 1);
            var actual = TokenDistribution.Probabilities(logits, new() { Temperature = 1, TopK = k }, [], []);
            return Enumerable.Range(0, logits.Length).All(id => actual[id] > 0 == logits[id] >= threshold);
        });

    [Fact]
    public void Top_alternatives_are_in_falling_order_with_ties_by_lower_id() =>
        Gen.Select(Gen.Int[-6, 6].Array[1, 60], Gen.Int[0, 20]).Sample((values, top) =>
        {
            var logits = values.Select(value => (float)value).ToArray();
            var expected = Enumerable.Range(0, logits.Length).OrderByDescending(id => logits[id]).ThenBy(id => id).Take(top);
            return TokenDistribution.Logprobs(logits, 0, top).Top.Select(alternative => alternative.TokenId).SequenceEqual(expected);
        });

    private static int Draw(float[] logits, SamplingParameters sampling, int[]? generated = null)
    {
        var history = new TokenHistory([0]);
        foreach (var id in generated ?? [])
            history.Append(id);
        return new TokenSampler(sampling, new SamplingScratch(logits.Length)).Draw(logits, history, 0);
    }
}
