namespace Troupe.Engine.Sampling;

/// <summary>CTRL's penalty (Keskar et al. 2019), once for each id of prompt and answer; below 1 it encourages repetition.</summary>
internal sealed class RepetitionPenaltyProcessor(float penalty) : ILogitsProcessor
{
    public void Apply(Span<float> logits, TokenHistory history, SamplingScratch scratch)
    {
        foreach (var id in history.Distinct)
        {
            ref var logit = ref logits[id];
            logit = logit < 0 ? logit * penalty : logit / penalty;
        }
    }
}
