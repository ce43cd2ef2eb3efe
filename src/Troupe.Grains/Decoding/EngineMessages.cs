using Troupe.Contracts.Decoding;
using Troupe.Engine;
using Troupe.Models.Families;
using EngineKey = Troupe.Engine.GenerationKey;
using EngineLogprob = Troupe.Engine.TokenLogprob;

namespace Troupe.Grains.Decoding;

/// <summary>The cluster's messages in the engine's words, and back.</summary>
internal static class EngineMessages
{
    public static EngineKey Key(Contracts.Generation.GenerationKey key) => new(key.Tenant, key.Id);

    public static EngineRequest Request(DecodeRequest request, IReadOnlyList<FeatureSet> media) => new(
        Key(request.Key),
        request.Epoch,
        request.PromptIds,
        [.. request.Slots.Select(slot => new MediaSlot(slot.Medium, slot.FeatureStart, slot.Position, slot.Length))],
        media,
        request.Choices,
        request.Sampling.ToParameters());

    public static DecodeAnswer Answer(SubmitAnswer answer) => answer.Verdict switch
    {
        SubmitVerdict.Accepted => DecodeAnswer.Accepted,
        SubmitVerdict.Full => new DecodeAnswer(DecodeVerdict.Full, answer.Reason),
        SubmitVerdict.Invalid => new DecodeAnswer(DecodeVerdict.Invalid, answer.Reason),
        _ => new DecodeAnswer(DecodeVerdict.Refused, answer.Reason),
    };

    public static StepChunk Chunk(TokenChunk chunk) => new()
    {
        Key = new Contracts.Generation.GenerationKey(chunk.Key.Tenant, chunk.Key.Id),
        Epoch = chunk.Epoch,
        Choice = chunk.Choice,
        FirstIndex = chunk.FirstIndex,
        TokenIds = chunk.TokenIds,
        Text = chunk.Text,
        Logprobs = [.. chunk.Logprobs.Select(Logprob)],
        Finish = chunk.Finish switch
        {
            FinishReason.Stop => ChoiceEnd.Stop,
            FinishReason.Length => ChoiceEnd.Length,
            FinishReason.Cancelled => ChoiceEnd.Cancelled,
            FinishReason.Failed => ChoiceEnd.Failed,
            _ => null,
        },
        Error = chunk.Error,
    };

    private static Contracts.Decoding.TokenLogprob Logprob(EngineLogprob logprob) =>
        new(logprob.TokenId, logprob.Logprob, [.. logprob.Top.Select(top => new Contracts.Decoding.TokenAlternative(top.TokenId, top.Logprob))]);
}
