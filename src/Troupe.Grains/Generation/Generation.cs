using System.Runtime.CompilerServices;
using Troupe.Contracts.Decoding;
using Troupe.Contracts.Generation;
using Troupe.Grains.Protocol;

namespace Troupe.Grains.Generation;

/// <summary>
/// A request on its owner's silo: the owner's state, the log of what was accepted, and those who read it. It outlives the grain's activation.
/// Safe for concurrent use.
/// </summary>
internal sealed class Generation(GenerationRequest request, long epoch, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Owner _owner = new(request, epoch);
    private readonly List<GenerationEvent> _log = [];
    private readonly TaskCompletionSource<SubmitResult> _submitted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GenerationRequest Request => request;

    public long Epoch => epoch;

    /// <summary>Completes with the acceptance or the refusal.</summary>
    public Task<SubmitResult> Submitted => _submitted.Task;

    /// <summary>When the last event came; null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The engine that has it.</summary>
    public string? Engine
    {
        get
        {
            lock (_lock)
                return _owner.Engine;
        }
    }

    /// <summary>Lets the owner act. Events go to the log at once; what else it wants done is returned.</summary>
    public IReadOnlyList<OwnerOutput> Handle(OwnerInput input)
    {
        TaskCompletionSource? grown = null;
        var others = new List<OwnerOutput>();
        lock (_lock)
        {
            foreach (var output in _owner.Handle(input))
            {
                if (output is not Emit emit)
                {
                    others.Add(output);
                    continue;
                }
                Append(emit.Event);
                grown = _grown;
            }
            if (grown is not null)
                _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        grown?.SetResult();
        return others;
    }

    /// <summary>Takes a chunk of an engine's.</summary>
    /// <returns>What the owner wants done; and whether that engine is to go on with the request.</returns>
    public (IReadOnlyList<OwnerOutput> Outputs, bool Wanted) Take(string engine, StepChunk chunk)
    {
        var outputs = Handle(new TokensArrived(engine, chunk));
        lock (_lock)
            return (outputs, _owner.Engine == engine && (_owner.Stage != OwnerStage.Ended || chunk.Finish is not null));
    }

    /// <summary>All events from the first, then those that come.</summary>
    public async IAsyncEnumerable<GenerationEvent> Read([EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var next = 0; ;)
        {
            GenerationEvent[] events;
            Task grown;
            lock (_lock)
            {
                events = [.. _log[next..]];
                grown = _grown.Task;
            }
            foreach (var item in events)
            {
                yield return item;
                if (item is FinishedEvent or FailedEvent)
                    yield break;
            }
            next += events.Length;
            if (events.Length == 0)
                await grown.WaitAsync(cancellation);
        }
    }

    private void Append(GenerationEvent item)
    {
        _log.Add(item);
        switch (item)
        {
            case AcceptedEvent accepted:
                _submitted.TrySetResult(SubmitResult.Accepted(accepted.PromptTokens));
                break;
            case FailedEvent failed:
                _submitted.TrySetResult(new SubmitResult { Refusal = failed.Failure });
                EndedAt = time.GetUtcNow();
                break;
            case FinishedEvent:
                EndedAt = time.GetUtcNow();
                break;
        }
    }
}
