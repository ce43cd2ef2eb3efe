using System.Text;
using Troupe.Engine.Sampling;

namespace Troupe.Engine.Tests.Fakes;

/// <summary>What a request must get: the plainest loop over one sequence, without an engine, a cache or a batch.</summary>
internal static class Alone
{
    public static Answer Run(EngineRequest request, int choice = 0, int contextLength = 4096)
    {
        var codes = request.PromptIds.ToList();
        foreach (var slot in request.Slots)
        {
            for (var i = 0; i < slot.Length; i++)
                codes[slot.Position + i] = FakeDecoder.FeatureCode(request.Media[slot.Medium], slot.FeatureStart + i);
        }

        var scratch = new SamplingScratch(257);
        var sampler = new TokenSampler(request.Sampling, scratch);
        var state = new ChoiceState(request.Sampling, new ByteTokenizer(), request.PromptIds, contextLength);
        var ids = new List<int>();
        var text = new StringBuilder();
        var logprobs = new List<TokenLogprob>();
        while (state.Finish is null)
        {
            var logits = FakeDecoder.Logits(codes);
            var id = sampler.Draw(logits, state.History, choice);
            if (request.Sampling.Logprobs is { } top)
                logprobs.Add(RawLogprobs.Report(logits, id, top, scratch));
            text.Append(state.Accept(id));
            ids.Add(id);
            codes.Add(id);
        }

        return new([.. ids], text.ToString(), state.Finish.Value, null, [.. logprobs]);
    }
}

internal static class Requests
{
    public static EngineRequest Make(string id, string prompt, int maxTokens = 8, SamplingParameters? sampling = null, int choices = 1, long epoch = 1) =>
        new(new("tenant", id), epoch, new ByteTokenizer().Encode(prompt, false), [], [], choices, (sampling ?? new()) with { MaxTokens = maxTokens });
}
