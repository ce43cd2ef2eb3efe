namespace Troupe.Engine.Sampling;

internal sealed class LogitBiasProcessor(IReadOnlyDictionary<int, float> bias) : ILogitsProcessor
{
    private readonly KeyValuePair<int, float>[] _bias = [.. bias];

    public void Apply(Span<float> logits, TokenHistory history, SamplingScratch scratch)
    {
        foreach (var (id, value) in _bias)
            logits[id] += value;
    }
}
