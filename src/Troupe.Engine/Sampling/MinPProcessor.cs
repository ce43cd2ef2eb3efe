namespace Troupe.Engine.Sampling;

/// <summary>Removes what is less likely than a share of the likeliest token (Nguyen et al. 2024).</summary>
internal sealed class MinPProcessor(float share) : ILogitsProcessor
{
    public void Apply(Span<float> logits, TokenHistory history, SamplingScratch scratch)
    {
        var weights = scratch.Values.AsSpan(0, logits.Length); // relative to the likeliest, which has 1
        Softmax.Weights(logits, weights);
        for (var id = 0; id < logits.Length; id++)
        {
            if (weights[id] < share)
                logits[id] = float.NegativeInfinity;
        }
    }
}
