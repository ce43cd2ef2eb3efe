using System.Collections.Concurrent;

namespace Troupe.Engine.Tests.Fakes;

/// <summary>A receiver that writes down everything and checks that the chunks of a choice follow each other.</summary>
internal sealed class Transcript : ITokenReceiver
{
    private readonly ConcurrentDictionary<(string Id, long Epoch, int Choice), TaskCompletionSource<Answer>> _answers = new();
    private readonly Dictionary<(string Id, long Epoch, int Choice), List<TokenChunk>> _chunks = [];

    /// <summary>Called on the engine's thread with each delivery.</summary>
    public Action<IReadOnlyList<TokenChunk>>? OnReceive { get; set; }

    public int Deliveries { get; private set; }

    public void Receive(IReadOnlyList<TokenChunk> chunks)
    {
        Deliveries++;
        OnReceive?.Invoke(chunks);
        foreach (var chunk in chunks)
            Take(chunk);
    }

    public Task<Answer> Answer(string id, int choice = 0, long epoch = 1) => Source((id, epoch, choice)).Task.WaitAsync(TimeSpan.FromSeconds(60));

    public async Task<Answer[]> Answers(EngineRequest request) =>
        await Task.WhenAll(Enumerable.Range(0, request.Choices).Select(choice => Answer(request.Key.Id, choice, request.Epoch)));

    private void Take(TokenChunk chunk)
    {
        var key = (chunk.Key.Id, chunk.Epoch, chunk.Choice);
        if (!_chunks.TryGetValue(key, out var chunks))
            _chunks.Add(key, chunks = []);
        chunks.Add(chunk);

        var source = Source(key);
        if (source.Task.IsCompleted)
            source.TrySetException(new InvalidOperationException("A chunk after the last one."));
        if (chunk.Finish is not { } finish)
            return;

        var ids = new List<int>();
        foreach (var part in chunks)
        {
            if (part.FirstIndex != ids.Count)
                source.TrySetException(new InvalidOperationException($"Chunk at {part.FirstIndex} after {ids.Count} tokens."));
            ids.AddRange(part.TokenIds);
        }

        source.TrySetResult(new([.. ids], string.Concat(chunks.Select(part => part.Text)), finish, chunk.Error, [.. chunks.SelectMany(part => part.Logprobs)]));
    }

    private TaskCompletionSource<Answer> Source((string, long, int) key) =>
        _answers.GetOrAdd(key, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

internal sealed record Answer(int[] Ids, string Text, FinishReason Finish, string? Error, TokenLogprob[] Logprobs)
{
    public bool SameAs(Answer other) =>
        Ids.SequenceEqual(other.Ids) && Text == other.Text && Finish == other.Finish
        && Logprobs.Length == other.Logprobs.Length
        && Logprobs.Zip(other.Logprobs).All(pair => pair.First.TokenId == pair.Second.TokenId && pair.First.Logprob == pair.Second.Logprob && pair.First.Top.SequenceEqual(pair.Second.Top));
}
