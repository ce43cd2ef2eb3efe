namespace Troupe.Engine.Sampling;

/// <summary>
/// Nucleus sampling (Holtzman et al. 2019): the smallest set of most likely tokens whose mass reaches <paramref name="mass"/>, with the
/// token that crosses the line. The likeliest always stays; of tied tokens the lower ids stay.
/// </summary>
internal sealed class TopPProcessor(float mass) : ILogitsProcessor
{
    public void Apply(Span<float> logits, TokenHistory history, SamplingScratch scratch)
    {
        var probabilities = scratch.Values.AsSpan(0, logits.Length);
        Softmax.Probabilities(logits, probabilities);

        // All tokens below this together weigh at most half of what is cut, so none of them can stay.
        var floor = (1 - mass) / 2 / logits.Length;
        var heap = new TokenHeap(probabilities, scratch.Ids, Math.Max(floor, float.Epsilon));
        var last = heap.Pop();
        for (var kept = (double)probabilities[last]; kept < mass && heap.Count > 0; kept += probabilities[last])
            last = heap.Pop();

        var smallest = probabilities[last];
        for (var id = 0; id < logits.Length; id++)
        {
            if (probabilities[id] < smallest || (probabilities[id] == smallest && id > last))
                logits[id] = float.NegativeInfinity;
        }
    }
}
