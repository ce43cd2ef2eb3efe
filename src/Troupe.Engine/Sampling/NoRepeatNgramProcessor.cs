namespace Troupe.Engine.Sampling;

/// <summary>Excludes each id that followed an earlier occurrence of the last <c>size - 1</c> ids.</summary>
internal sealed class NoRepeatNgramProcessor(int size) : ILogitsProcessor
{
    public void Apply(Span<float> logits, TokenHistory history, SamplingScratch scratch)
    {
        var ids = history.Ids.Span;
        if (ids.Length < size)
            return;

        var prefix = ids[(ids.Length - size + 1)..];
        for (var last = size - 1; last < ids.Length; last++)
        {
            if (ids.Slice(last - prefix.Length, prefix.Length).SequenceEqual(prefix))
                logits[ids[last]] = float.NegativeInfinity;
        }
    }
}
