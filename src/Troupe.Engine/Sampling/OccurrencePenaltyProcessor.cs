namespace Troupe.Engine.Sampling;

/// <summary>The frequency and presence penalties: both count the answer only.</summary>
internal sealed class OccurrencePenaltyProcessor(float frequency, float presence) : ILogitsProcessor
{
    public void Apply(Span<float> logits, TokenHistory history, SamplingScratch scratch)
    {
        foreach (var (id, count) in history.GeneratedCounts)
            logits[id] -= frequency * count + presence;
    }
}
