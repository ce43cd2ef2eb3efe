using Troupe.Engine.Sampling;
using Troupe.Engine.Stopping;
using Troupe.Models.Text;

namespace Troupe.Engine;

/// <summary>
/// What follows from the ids of one choice: its text, what is held of it, and whether it has ended. A fold over the ids and nothing else:
/// the same ids give the same state in any process, however they arrive.
/// </summary>
public sealed class ChoiceState
{
    private readonly SamplingParameters _sampling;
    private readonly IStreamingDetokenizer _detokenizer;
    private readonly StopStringMatcher _stops;
    private readonly int _mostTokens;

    /// <param name="sampling">Where the answer ends.</param>
    /// <param name="tokenizer">Ids to text; special tokens are left out.</param>
    /// <param name="promptIds">The rendered prompt.</param>
    /// <param name="contextLength">Most tokens of prompt and answer together.</param>
    public ChoiceState(SamplingParameters sampling, ITokenizer tokenizer, ReadOnlySpan<int> promptIds, int contextLength)
    {
        _sampling = sampling;
        _detokenizer = tokenizer.CreateDetokenizer(skipSpecialTokens: true);
        _stops = new StopStringMatcher(sampling.StopStrings);
        _mostTokens = Math.Min(sampling.MaxTokens, contextLength - promptIds.Length);
        History = new TokenHistory(promptIds);
    }

    public TokenHistory History { get; }

    /// <summary>Tokens of the answer.</summary>
    public int Count => History.GeneratedLength;

    /// <summary>Why the answer ended; null while it goes on.</summary>
    public FinishReason? Finish { get; private set; }

    /// <summary>The state after these ids.</summary>
    public static ChoiceState Replay(SamplingParameters sampling, ITokenizer tokenizer, ReadOnlySpan<int> promptIds, int contextLength, ReadOnlySpan<int> accepted)
    {
        var state = new ChoiceState(sampling, tokenizer, promptIds, contextLength);
        foreach (var id in accepted)
            state.Accept(id);
        return state;
    }

    /// <summary>Takes the next id, gives the text that it releases: all that was held when the answer ends with it.</summary>
    public string Accept(int id)
    {
        if (Finish is not null)
            throw new InvalidOperationException("The answer has ended; it takes no more tokens.");

        History.Append(id);
        var text = _stops.Append(_detokenizer.Append(id));
        if (!_stops.Stopped)
        {
            if (_sampling.StopTokenIds.Contains(id))
                return text + End(FinishReason.Stop);
            if (Count >= _mostTokens)
                return text + End(FinishReason.Length);
            return text;
        }

        Finish = FinishReason.Stop;
        return text;
    }

    /// <summary>Ends the answer for another reason than its own tokens, gives the text that was held.</summary>
    public string End(FinishReason reason)
    {
        var rest = _stops.Append(_detokenizer.Flush());
        Finish = _stops.Stopped ? FinishReason.Stop : reason;
        return rest + _stops.Flush();
    }
}
