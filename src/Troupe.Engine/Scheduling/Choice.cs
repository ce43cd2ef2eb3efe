using Troupe.Engine.Sampling;

namespace Troupe.Engine.Scheduling;

/// <summary>One answer of a request.</summary>
internal sealed record Choice(int Index, ChoiceState State, TokenSampler Sampler)
{
    /// <summary>Draws the next token and takes it; the chunk says what came of it.</summary>
    public TokenChunk Step(EngineRequest request, ReadOnlySpan<float> logits, SamplingScratch scratch)
    {
        var first = State.Count;
        var id = Sampler.Draw(logits, State.History, Index);
        IReadOnlyList<TokenLogprob> logprobs = request.Sampling.Logprobs is { } top ? [RawLogprobs.Report(logits, id, top, scratch)] : [];
        var text = State.Accept(id);
        return new(request.Key, request.Epoch, Index, first, [id], text, logprobs, State.Finish);
    }

    /// <summary>The chunk of an answer that is ended from outside.</summary>
    public TokenChunk End(EngineRequest request, FinishReason reason, string? error) =>
        new(request.Key, request.Epoch, Index, State.Count, [], reason == FinishReason.Failed ? "" : State.End(reason), [], reason, error);
}
