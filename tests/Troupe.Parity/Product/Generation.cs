using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Troupe.Engine;
using Troupe.Engine.Sampling;
using Troupe.Models.Decoders;
using Troupe.Models.Text;

namespace Troupe.Parity.Product;

/// <summary>An answer of the engine.</summary>
public sealed record Answer(int[] Ids, string Text, FinishReason Finish);

/// <summary>Prompts through the decode engine, all submitted at once.</summary>
public static class Generation
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <exception cref="InvalidOperationException">The engine refused a request or failed in one.</exception>
    public static IReadOnlyList<Answer> Run(IDecoder decoder, ITokenizer tokenizer, IReadOnlyList<PreparedPrompt> prompts, SamplingParameters sampling)
    {
        using var engine = new DecodeEngine(decoder, tokenizer, new EngineOptions { Model = "parity", Revision = "parity" }, NullLogger<DecodeEngine>.Instance);
        Receiver[] receivers = [.. prompts.Select(_ => new Receiver())];
        for (var i = 0; i < prompts.Count; i++)
        {
            var key = new GenerationKey("parity", i.ToString(CultureInfo.InvariantCulture));
            var answer = engine.Submit(new EngineRequest(key, 1, prompts[i].Ids, prompts[i].Slots, prompts[i].Media, 1, sampling), receivers[i]);
            if (!answer.Accepted)
                throw new InvalidOperationException($"The engine refused a request: {answer.Reason}");
        }
        return [.. receivers.Select(receiver => receiver.Answer.WaitAsync(Patience).GetAwaiter().GetResult())];
    }

    private sealed class Receiver : ITokenReceiver
    {
        private readonly TaskCompletionSource<Answer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<TokenChunk> _chunks = [];

        public Task<Answer> Answer => _answer.Task;

        public void Receive(IReadOnlyList<TokenChunk> chunks)
        {
            _chunks.AddRange(chunks);
            if (_chunks[^1] is not { Finish: { } finish } last)
                return;
            if (finish == FinishReason.Failed)
                _answer.TrySetException(new InvalidOperationException($"The engine failed: {last.Error}"));
            else
                _answer.TrySetResult(new Answer([.. _chunks.SelectMany(chunk => chunk.TokenIds)], string.Concat(_chunks.Select(chunk => chunk.Text)), finish));
        }
    }
}
