namespace Troupe.Engine.Sampling;

/// <summary>The distribution from which a token is drawn, for those who judge it.</summary>
public static class TokenDistribution
{
    /// <summary>Probability of each token after all rules: the softmax of the processed logits, excluded tokens exactly 0; for temperature 0 all on the first maximum.</summary>
    /// <exception cref="InvalidLogitsException">A logit is NaN or plus infinity, or no token is left.</exception>
    public static float[] Probabilities(ReadOnlySpan<float> logits, SamplingParameters sampling, ReadOnlySpan<int> promptIds, ReadOnlySpan<int> generatedIds)
    {
        _ = Softmax.Largest(logits);
        var history = new TokenHistory(promptIds);
        foreach (var id in generatedIds)
            history.Append(id);

        var scratch = new SamplingScratch(logits.Length);
        var pipeline = new LogitsPipeline(sampling);
        var processed = logits.ToArray();
        pipeline.Apply(processed, history, scratch);

        var probabilities = new float[logits.Length];
        if (pipeline.IsGreedy)
            probabilities[processed.AsSpan().IndexOf(Softmax.Largest(processed))] = 1;
        else
            Softmax.Probabilities(processed, probabilities);
        return probabilities;
    }

    /// <summary>Log-probability of a token under the raw distribution, and the <paramref name="top"/> most likely ones, ties by lower id.</summary>
    public static TokenLogprob Logprobs(ReadOnlySpan<float> logits, int token, int top) =>
        RawLogprobs.Report(logits, token, top, new SamplingScratch(logits.Length));
}
