namespace Troupe.Engine.Sampling;

/// <summary>
/// Locally typical sampling (Meister et al. 2022): tokens whose information -log p is nearest the entropy, until their mass reaches
/// <paramref name="mass"/>; what ties with the last one stays.
/// </summary>
internal sealed class TypicalPProcessor(float mass) : ILogitsProcessor
{
    public void Apply(Span<float> logits, TokenHistory history, SamplingScratch scratch)
    {
        var keys = scratch.Values.AsSpan(0, logits.Length);
        var largest = Softmax.Largest(logits);
        var logSum = largest + Math.Log(Softmax.Weights(logits, keys));

        var entropy = 0.0;
        foreach (var logit in logits)
        {
            if (float.IsFinite(logit))
                entropy -= Math.Exp(logit - logSum) * (logit - logSum);
        }

        // The nearest to the entropy have the largest key; excluded tokens get minus infinity.
        for (var id = 0; id < logits.Length; id++)
            keys[id] = (float)-Math.Abs(logits[id] - logSum + entropy);

        var heap = new TokenHeap(keys, scratch.Ids, float.MinValue);
        var last = heap.Pop();
        for (var kept = Math.Exp(logits[last] - logSum); kept < mass && heap.Count > 0; kept += Math.Exp(logits[last] - logSum))
            last = heap.Pop();

        var farthest = keys[last];
        for (var id = 0; id < logits.Length; id++)
        {
            if (keys[id] < farthest)
                logits[id] = float.NegativeInfinity;
        }
    }
}
