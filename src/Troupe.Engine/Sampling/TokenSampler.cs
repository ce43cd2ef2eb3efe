namespace Troupe.Engine.Sampling;

/// <summary>Draws the next token of a choice from a row of logits. One thread at a time.</summary>
internal sealed class TokenSampler(SamplingParameters sampling, SamplingScratch scratch)
{
    private readonly LogitsPipeline _pipeline = new(sampling);

    /// <exception cref="InvalidLogitsException">The logits are no numbers, or the rules leave no token.</exception>
    public int Draw(ReadOnlySpan<float> logits, TokenHistory history, int choice)
    {
        var largest = Softmax.Largest(logits);
        if (!_pipeline.IsEmpty)
        {
            var processed = scratch.Logits.AsSpan(0, logits.Length);
            logits.CopyTo(processed);
            _pipeline.Apply(processed, history, scratch);
            largest = Softmax.Largest(processed);
            logits = processed;
        }

        return _pipeline.IsGreedy
            ? logits.IndexOf(largest)
            : new GumbelNoise(sampling.Seed, choice, history.GeneratedLength).ArgMax(logits);
    }
}
