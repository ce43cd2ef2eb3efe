using System.Numerics;

namespace Troupe.Engine.Sampling;

/// <summary>
/// Gumbel noise g(seed, choice, position, token id): the same for a token whatever other tokens are allowed. The argmax of
/// logit + g is a draw from the softmax of the logits.
/// </summary>
/// <param name="seed">The request's seed.</param>
/// <param name="choice">Index of the choice.</param>
/// <param name="position">Index of the token within the choice.</param>
internal readonly struct GumbelNoise(ulong seed, int choice, int position)
{
    private const int TokensPerBlock = 4;
    private const double Scale = 1.0 / (1L << 32);

    /// <summary>The noise of one token.</summary>
    public double this[int id]
    {
        get
        {
            var (w0, w1, w2, w3) = Block(id / TokensPerBlock);
            return Gumbel((id % TokensPerBlock) switch { 0 => w0, 1 => w1, 2 => w2, _ => w3 });
        }
    }

    /// <summary>The id with the largest logit + noise, the lowest of ties; -1 when every logit is minus infinity.</summary>
    public int ArgMax(ReadOnlySpan<float> logits)
    {
        var best = new Contender(-1, double.NegativeInfinity);
        for (var first = 0; first < logits.Length; first += TokensPerBlock)
        {
            var block = logits.Slice(first, Math.Min(TokensPerBlock, logits.Length - first));
            if (block.IndexOfAnyExcept(float.NegativeInfinity) < 0)
                continue;

            var (w0, w1, w2, w3) = Block(first / TokensPerBlock);
            best.Meet(first, block[0], w0);
            if (block.Length > 1)
                best.Meet(first + 1, block[1], w1);
            if (block.Length > 2)
                best.Meet(first + 2, block[2], w2);
            if (block.Length > 3)
                best.Meet(first + 3, block[3], w3);
        }

        return best.Id;
    }

    private (uint W0, uint W1, uint W2, uint W3) Block(int block) => Philox.Block((uint)block, (uint)position, (uint)choice, 0, seed);

    /// <summary>-log(-log u) for u in the middle of one of 2^32 equal steps between 0 and 1.</summary>
    private static double Gumbel(uint word) => -Math.Log(-Math.Log((word + 0.5) * Scale));

    private struct Contender(int id, double score)
    {
        public int Id { get; private set; } = id;

        public void Meet(int id, float logit, uint word)
        {
            // -log u >= 1 - u >= 2^-(z + 1) with z leading zeros, so the noise is at most (z + 1) ln 2: most tokens lose before a logarithm is taken.
            if (logit + (BitOperations.LeadingZeroCount(~word) + 1) * 0.69314719 < score)
                return;

            var challenge = logit + Gumbel(word);
            if (challenge > score)
                (Id, score) = (id, challenge);
        }
    }
}
