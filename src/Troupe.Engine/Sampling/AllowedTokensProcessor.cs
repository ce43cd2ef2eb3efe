namespace Troupe.Engine.Sampling;

internal sealed class AllowedTokensProcessor(IReadOnlyList<int> allowed) : ILogitsProcessor
{
    private readonly int[] _allowed = [.. allowed];

    public void Apply(Span<float> logits, TokenHistory history, SamplingScratch scratch)
    {
        var original = scratch.Values.AsSpan(0, logits.Length);
        logits.CopyTo(original);
        logits.Fill(float.NegativeInfinity);
        foreach (var id in _allowed)
            logits[id] = original[id];
    }
}
