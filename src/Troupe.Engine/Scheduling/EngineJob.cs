using Troupe.Models.Decoders;
using Troupe.Models.Text;

namespace Troupe.Engine.Scheduling;

/// <summary>A request in the engine. Its sequences belong to the engine's thread; only the cancel flag is set from outside.</summary>
internal sealed class EngineJob
{
    private volatile bool _cancelled;

    public EngineJob(EngineRequest request, ITokenReceiver receiver, int contextLength)
    {
        Request = request;
        Receiver = receiver;
        var longest = Math.Min(request.PromptIds.Length + (long)request.Sampling.MaxTokens, contextLength);
        CachedTokens = longest * request.Choices;
    }

    public EngineRequest Request { get; }

    public ITokenReceiver Receiver { get; }

    /// <summary>Positions that the request may come to in all its choices.</summary>
    public long CachedTokens { get; }

    public bool Cancelled => _cancelled;

    /// <summary>The request left the engine: its last chunks are made.</summary>
    public bool Ended { get; set; }

    /// <summary>Its choices, from the moment it starts.</summary>
    public Choice[] Choices { get; private set; } = [];

    public void Cancel() => _cancelled = true;

    /// <summary>Makes the one sequence that all choices share until their first tokens.</summary>
    public Sequence Start(IDecoder decoder, ITokenizer tokenizer, Sampling.SamplingScratch scratch)
    {
        var sampler = new Sampling.TokenSampler(Request.Sampling, scratch);
        Choices = new Choice[Request.Choices];
        for (var index = 0; index < Choices.Length; index++)
            Choices[index] = new(index, new(Request.Sampling, tokenizer, Request.PromptIds, decoder.ContextLength), sampler);
        return new(this, Choices, decoder.CreateCache());
    }
}
