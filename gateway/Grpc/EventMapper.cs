using Troupe.Contracts.Decoding;
using Troupe.Contracts.Generation;
using Troupe.Grains.Generation;
using V1 = Troupe.Contracts.V1;

namespace Troupe.Gateway.Grpc;

/// <summary>The cluster's words in those of troupe.v1.</summary>
internal static class EventMapper
{
    public static V1.GenerateEvent Map(AcceptedEvent accepted) => new()
    {
        Accepted = new V1.Accepted
        {
            RequestId = accepted.Key.Id,
            Model = accepted.Model.Name,
            Revision = accepted.Model.Revision,
            Seed = accepted.Seed,
            PromptTokens = accepted.PromptTokens,
        },
    };

    public static V1.GenerateEvent Map(TokensEvent tokens)
    {
        var message = new V1.Tokens { Choice = tokens.Choice, Seq = tokens.Seq, Text = tokens.Text, Hash = tokens.Hash, FinishReason = Map(tokens.Finish) };
        message.TokenIds.AddRange(tokens.TokenIds);
        message.Logprobs.AddRange(tokens.Logprobs.Select(Map));
        return new V1.GenerateEvent { Tokens = message };
    }

    public static V1.GenerateEvent Map(FinishedEvent finished) => new()
    {
        Finished = new V1.Finished { Usage = new V1.Usage { PromptTokens = finished.PromptTokens, CompletionTokens = finished.CompletionTokens } },
    };

    public static V1.Model Map(AvailableModel available)
    {
        var served = available.Served;
        var model = new V1.Model
        {
            Name = served.Model.Name,
            Revision = served.Model.Revision,
            Family = served.Family,
            ContextLength = served.ContextLength,
            Engines = available.Engines,
        };
        model.Modalities.AddRange(served.Modalities);
        return model;
    }

    private static V1.TokenLogprob Map(TokenLogprob logprob)
    {
        var message = new V1.TokenLogprob { TokenId = logprob.TokenId, Logprob = logprob.Logprob };
        message.Top.AddRange(logprob.Top.Select(top => new V1.TokenLogprob.Types.Alternative { TokenId = top.TokenId, Logprob = top.Logprob }));
        return message;
    }

    // A failure is no finish reason: the call's status tells it.
    private static V1.FinishReason Map(ChoiceEnd? end) => end switch
    {
        ChoiceEnd.Stop => V1.FinishReason.Stop,
        ChoiceEnd.Length => V1.FinishReason.Length,
        ChoiceEnd.Cancelled => V1.FinishReason.Cancelled,
        _ => V1.FinishReason.Unspecified,
    };
}
