namespace Troupe.Engine.Sampling;

/// <summary>Excludes what would end the answer while it is shorter than <paramref name="minTokens"/>.</summary>
internal sealed class MinTokensProcessor(int minTokens, IReadOnlyList<int> stopIds) : ILogitsProcessor
{
    private readonly int[] _stopIds = [.. stopIds];

    public void Apply(Span<float> logits, TokenHistory history, SamplingScratch scratch)
    {
        if (history.GeneratedLength >= minTokens)
            return;

        foreach (var id in _stopIds)
            logits[id] = float.NegativeInfinity;
    }
}
