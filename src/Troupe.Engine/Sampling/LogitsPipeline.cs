namespace Troupe.Engine.Sampling;

/// <summary>The rules of one request that are switched on, in the order in which they act.</summary>
internal sealed class LogitsPipeline
{
    private readonly ILogitsProcessor[] _processors;

    public LogitsPipeline(SamplingParameters sampling)
    {
        IsGreedy = sampling.Temperature == 0;
        _processors = [.. Rules(sampling).Concat(IsGreedy ? [] : Warpers(sampling))];
    }

    /// <summary>The token is the first maximum; nothing is drawn.</summary>
    public bool IsGreedy { get; }

    /// <summary>No rule is on: the logits can be read where they are.</summary>
    public bool IsEmpty => _processors.Length == 0;

    public void Apply(Span<float> logits, TokenHistory history, SamplingScratch scratch)
    {
        foreach (var processor in _processors)
            processor.Apply(logits, history, scratch);
    }

    private static IEnumerable<ILogitsProcessor> Rules(SamplingParameters sampling)
    {
        if (sampling.LogitBias.Count > 0)
            yield return new LogitBiasProcessor(sampling.LogitBias);
        if (sampling.RepetitionPenalty != 1)
            yield return new RepetitionPenaltyProcessor(sampling.RepetitionPenalty);
        if (sampling.FrequencyPenalty != 0 || sampling.PresencePenalty != 0)
            yield return new OccurrencePenaltyProcessor(sampling.FrequencyPenalty, sampling.PresencePenalty);
        if (sampling.NoRepeatNgramSize > 0)
            yield return new NoRepeatNgramProcessor(sampling.NoRepeatNgramSize);
        if (sampling.AllowedTokenIds is { } allowed)
            yield return new AllowedTokensProcessor(allowed);
        if (sampling.SuppressTokenIds.Count > 0)
            yield return new SuppressTokensProcessor(sampling.SuppressTokenIds);
        if (sampling.MinTokens > 0 && sampling.StopTokenIds.Count > 0)
            yield return new MinTokensProcessor(sampling.MinTokens, sampling.StopTokenIds);
    }

    private static IEnumerable<ILogitsProcessor> Warpers(SamplingParameters sampling)
    {
        if (sampling.Temperature != 1)
            yield return new TemperatureProcessor(sampling.Temperature);
        if (sampling.TopK > 0)
            yield return new TopKProcessor(sampling.TopK);
        if (sampling.TopP < 1)
            yield return new TopPProcessor(sampling.TopP);
        if (sampling.MinP > 0)
            yield return new MinPProcessor(sampling.MinP);
        if (sampling.TypicalP < 1)
            yield return new TypicalPProcessor(sampling.TypicalP);
    }
}
