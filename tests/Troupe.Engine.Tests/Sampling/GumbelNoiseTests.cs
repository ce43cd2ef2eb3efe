using CsCheck;
using Troupe.Engine.Sampling;

namespace Troupe.Engine.Tests.Sampling;

public sealed class GumbelNoiseTests
{
    /// <summary>The known answers that the authors publish with their library (Random123, kat_vectors).</summary>
    [Fact]
    public void Philox_gives_the_published_answers()
    {
        Assert.Equal((0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u), Philox.Block(0, 0, 0, 0, 0));
        Assert.Equal((0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu), Philox.Block(uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, ulong.MaxValue));
        Assert.Equal((0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u), Philox.Block(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0x299f31d0_a4093822));
    }

    [Fact]
    public void The_draw_is_the_argmax_of_logit_and_noise_whichever_tokens_are_excluded() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 5], Gen.Int[0, 100_000], Gen.Float[-30, 30].Array[1, 200], Gen.Bool.Array[200]).Sample((seed, choice, position, logits, excluded) =>
        {
            for (var id = 1; id < logits.Length; id++)
                logits[id] = excluded[id] ? float.NegativeInfinity : logits[id];

            var noise = new GumbelNoise(seed, choice, position);
            var best = 0;
            for (var id = 1; id < logits.Length; id++)
            {
                if (logits[id] + noise[id] > logits[best] + noise[best])
                    best = id;
            }

            return noise.ArgMax(logits) == best;
        });

    [Theory]
    [InlineData("position")]
    [InlineData("seed")]
    [InlineData("choice")]
    public void Draws_follow_the_probabilities_along_each_input(string along)
    {
        const int Draws = 40_000;
        float[] logits = [2.1f, -0.3f, 0.7f, 1.4f, -1.2f, float.NegativeInfinity, 0.2f, 1.9f, -0.8f, 1.1f];
        var probabilities = TokenDistribution.Probabilities(logits, new() { Temperature = 1 }, [], []);

        var counts = new int[logits.Length];
        for (var i = 0; i < Draws; i++)
        {
            var noise = along switch
            {
                "position" => new GumbelNoise(7, 0, i),
                "seed" => new GumbelNoise((ulong)i, 0, 3),
                _ => new GumbelNoise(7, i, 3),
            };
            counts[noise.ArgMax(logits)]++;
        }

        Assert.Equal(0, counts[5]);
        var chiSquare = probabilities.Zip(counts).Where(pair => pair.First > 0).Sum(pair => Square(pair.Second - Draws * pair.First) / (Draws * pair.First));
        Assert.True(chiSquare < 26.12, $"chi-square {chiSquare} with 8 degrees of freedom is beyond the 99.9 % point");
    }

    [Fact]
    public void Neighbouring_positions_seeds_choices_and_tokens_are_independent()
    {
        const int Pairs = 40_000;
        float[] logits = [0, 0, 0, 0, 0, 0, 0];
        (string Name, Func<int, int> Second)[] neighbours =
        [
            ("position", i => new GumbelNoise(1, 0, i + 1).ArgMax(logits)),
            ("seed", i => new GumbelNoise(2, 0, i).ArgMax(logits)),
            ("choice", i => new GumbelNoise(1, 1, i).ArgMax(logits)),
        ];

        foreach (var (name, second) in neighbours)
        {
            var counts = new int[7, 7];
            for (var i = 0; i < Pairs; i++)
                counts[new GumbelNoise(1, 0, i).ArgMax(logits), second(i)]++;

            const double Expected = Pairs / 49.0;
            var chiSquare = counts.Cast<int>().Sum(count => Square(count - Expected) / Expected);
            Assert.True(chiSquare < 84.04, $"{name}: chi-square {chiSquare} with 48 degrees of freedom is beyond the 99.9 % point");
        }
    }

    private static double Square(double x) => x * x;
}
