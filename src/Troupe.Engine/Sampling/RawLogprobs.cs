namespace Troupe.Engine.Sampling;

/// <summary>Log-probabilities of the model's own distribution, before any sampling rule.</summary>
internal static class RawLogprobs
{
    /// <param name="logits">(vocabulary)</param>
    /// <param name="token">The drawn token.</param>
    /// <param name="top">Number of most likely tokens to report, ties by lower id.</param>
    /// <param name="scratch">Its values are overwritten.</param>
    public static TokenLogprob Report(ReadOnlySpan<float> logits, int token, int top, SamplingScratch scratch)
    {
        var largest = Softmax.Largest(logits);
        var logSum = largest + Math.Log(Softmax.Weights(logits, scratch.Values.AsSpan(0, logits.Length)));

        Span<int> best = stackalloc int[Math.Min(top, logits.Length)];
        Best(logits, best);
        var alternatives = new TokenAlternative[best.Length];
        for (var rank = 0; rank < best.Length; rank++)
            alternatives[rank] = new(best[rank], (float)(logits[best[rank]] - logSum));

        return new(token, (float)(logits[token] - logSum), alternatives);
    }

    /// <summary>The ids of the largest logits in falling order: an insertion sort that few tokens enter.</summary>
    private static void Best(ReadOnlySpan<float> logits, Span<int> best)
    {
        if (best.IsEmpty)
            return;

        var count = 0;
        for (var id = 0; id < logits.Length; id++)
        {
            if (count == best.Length && logits[id] <= logits[best[^1]])
                continue;

            var place = count < best.Length ? count++ : count - 1;
            for (; place > 0 && logits[best[place - 1]] < logits[id]; place--)
                best[place] = best[place - 1];
            best[place] = id;
        }
    }
}
