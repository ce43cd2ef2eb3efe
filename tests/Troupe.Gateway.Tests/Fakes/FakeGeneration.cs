using System.Threading.Channels;
using Troupe.Contracts.Decoding;
using Troupe.Contracts.Generation;

namespace Troupe.Gateway.Tests.Fakes;

/// <summary>A request that a test answers by hand. Every reader sees every event.</summary>
internal sealed class FakeGeneration(GenerationRequest request, IReadOnlyList<ReadOnlyMemory<byte>> media)
{
    private readonly List<GenerationEvent> _events = [];
    private readonly List<Channel<GenerationEvent>> _readers = [];
    private readonly Channel<bool> _left = Channel.CreateUnbounded<bool>();
    private ulong _hash = TokenHash.Empty;
    private int _tokens;

    public GenerationRequest Request { get; } = request;

    public IReadOnlyList<ReadOnlyMemory<byte>> Media { get; } = media;

    public void Tell(GenerationEvent happened)
    {
        lock (_events)
        {
            _events.Add(happened);
            foreach (var reader in _readers)
                Tell(reader, happened);
        }
    }

    public void Accept(int promptTokens = 7) => Tell(new AcceptedEvent(Request.Key, Request.Model, Request.Sampling.Seed, promptTokens));

    public void Say(string text, params int[] ids) => Say(text, null, ids);

    public void Say(string text, ChoiceEnd? end, params int[] ids)
    {
        _tokens += ids.Length;
        _hash = TokenHash.Append(_hash, ids);
        Tell(new TokensEvent(0, _tokens - 1, ids, text, _hash, [], end));
    }

    public void Finish(int promptTokens = 7) => Tell(new FinishedEvent(promptTokens, _tokens));

    public async IAsyncEnumerable<GenerationEvent> Read([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = Channel.CreateUnbounded<GenerationEvent>();
        lock (_events)
        {
            _readers.Add(reader);
            foreach (var happened in _events)
                Tell(reader, happened);
        }
        try
        {
            await foreach (var happened in reader.Reader.ReadAllAsync(cancellation))
                yield return happened;
        }
        finally
        {
            _left.Writer.TryWrite(true);
        }
    }

    /// <summary>Completes when another reader has gone.</summary>
    public Task ReaderLeft() => _left.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    private static void Tell(Channel<GenerationEvent> reader, GenerationEvent happened)
    {
        reader.Writer.TryWrite(happened);
        if (happened is FinishedEvent or FailedEvent)
            reader.Writer.Complete();
    }
}
