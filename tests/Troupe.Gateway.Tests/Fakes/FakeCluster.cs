using System.Collections.Concurrent;
using System.Threading.Channels;
using Troupe.Contracts.Decoding;
using Troupe.Contracts.Generation;
using Troupe.Contracts.Prompts;
using Troupe.Grains.Generation;

namespace Troupe.Gateway.Tests.Fakes;

/// <summary>A cluster whose answers a test gives.</summary>
internal sealed class FakeCluster : IInferenceCluster
{
    private readonly ConcurrentDictionary<GenerationKey, FakeGeneration> _generations = new();
    private readonly Channel<FakeGeneration> _submitted = Channel.CreateUnbounded<FakeGeneration>();
    private readonly Channel<GenerationKey> _cancelled = Channel.CreateUnbounded<GenerationKey>();

    public IReadOnlyList<AvailableModel> Models { get; set; } = [FakeModels.Pictures];

    /// <summary>What a submit is answered; the default accepts.</summary>
    public Func<GenerationRequest, SubmitResult> Verdict { get; set; } = _ => SubmitResult.Accepted(7);

    /// <summary>What happens to a request once it is accepted; the default leaves it to the test.</summary>
    public Action<FakeGeneration> Script { get; set; } = _ => { };

    public Func<PromptRequest, PromptResult> Prompts { get; set; } = _ => new PromptResult([], []);

    public Task WhenReady(CancellationToken cancellation) => Task.CompletedTask;

    public Task<SubmitResult> Submit(GenerationRequest request, IReadOnlyList<ReadOnlyMemory<byte>> media, CancellationToken cancellation)
    {
        var verdict = Verdict(request);
        if (verdict.Refusal is null)
        {
            var generation = new FakeGeneration(request, [.. media.Select(bytes => (ReadOnlyMemory<byte>)bytes.ToArray())]);
            if (_generations.TryAdd(request.Key, generation))
                Script(generation);
            _submitted.Writer.TryWrite(_generations[request.Key]);
        }
        return Task.FromResult(verdict);
    }

    public IAsyncEnumerable<GenerationEvent> Read(GenerationKey key, CancellationToken cancellation) => _generations[key].Read(cancellation);

    public Task<bool> Cancel(GenerationKey key)
    {
        if (!_generations.TryGetValue(key, out var generation))
            return Task.FromResult(false);
        _cancelled.Writer.TryWrite(key);
        generation.Say("", ChoiceEnd.Cancelled);
        generation.Finish();
        return Task.FromResult(true);
    }

    public Task<PromptResult> BuildPrompt(ModelRevision model, PromptRequest request, CancellationToken cancellation) => Task.FromResult(Prompts(request));

    /// <summary>The next request that came in.</summary>
    public Task<FakeGeneration> NextSubmitted() => Soon(_submitted.Reader);

    /// <summary>The next request that was cancelled.</summary>
    public Task<GenerationKey> NextCancelled() => Soon(_cancelled.Reader);

    public bool AnyCancelled => _cancelled.Reader.Count > 0;

    private static Task<T> Soon<T>(ChannelReader<T> reader) => reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}
