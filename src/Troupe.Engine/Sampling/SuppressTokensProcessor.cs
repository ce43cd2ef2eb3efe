namespace Troupe.Engine.Sampling;

internal sealed class SuppressTokensProcessor(IReadOnlyList<int> suppressed) : ILogitsProcessor
{
    private readonly int[] _suppressed = [.. suppressed];

    public void Apply(Span<float> logits, TokenHistory history, SamplingScratch scratch)
    {
        foreach (var id in _suppressed)
            logits[id] = float.NegativeInfinity;
    }
}
