using System.Threading.Channels;

namespace Troupe.Engine.Scheduling;

/// <summary>Who may come in: every decision about keys, epochs and limits, under one short lock. No call waits for a step.</summary>
internal sealed class RequestDoor(EngineOptions options, int contextLength)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<GenerationKey, EngineJob> _active = [];
    private readonly Dictionary<GenerationKey, long> _endedEpochs = [];
    private readonly Queue<(GenerationKey Key, long Epoch)> _ended = new();
    private readonly long _mostCachedTokens = options.MaxCachedTokens ?? (long)options.MaxRunning * contextLength;

    // As many as may wait, so a request that passed the limit always finds room.
    private readonly Channel<EngineJob> _accepted = Channel.CreateBounded<EngineJob>(new BoundedChannelOptions(options.MaxWaiting) { SingleReader = true });

    private int _waiting;
    private bool _closed;

    /// <summary>Accepted requests that the loop has not taken yet.</summary>
    public ChannelReader<EngineJob> Accepted => _accepted.Reader;

    /// <summary>Requests accepted and not yet started.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public SubmitAnswer Submit(EngineRequest request, ITokenReceiver receiver)
    {
        lock (_lock)
        {
            if (_closed)
                return SubmitAnswer.No(SubmitVerdict.Stopped, "The engine has stopped.");

            _active.TryGetValue(request.Key, out var active);
            if (EpochOf(request.Key, active) is { } known)
            {
                if (request.Epoch == known)
                    return SubmitAnswer.Yes;
                if (request.Epoch < known)
                    return SubmitAnswer.No(SubmitVerdict.Stale, $"Epoch {request.Epoch} of request {request.Key} is over: epoch {known} was here.");
            }

            var job = new EngineJob(request, receiver, contextLength);
            if (Impossible(job) is { } reason)
                return SubmitAnswer.No(SubmitVerdict.Invalid, reason);
            if (_waiting >= options.MaxWaiting)
                return SubmitAnswer.No(SubmitVerdict.Full, $"{_waiting} requests are waiting, the most that this engine holds.");

            active?.Cancel();
            _active[request.Key] = job;
            _waiting++;
            _accepted.Writer.TryWrite(job);
            return SubmitAnswer.Yes;
        }
    }

    public void Cancel(GenerationKey key)
    {
        lock (_lock)
        {
            if (_active.TryGetValue(key, out var job))
                job.Cancel();
        }
    }

    /// <summary>The request left the waiting line.</summary>
    public void LeftLine()
    {
        lock (_lock)
            _waiting--;
    }

    /// <summary>The request ended; its key is remembered for a while.</summary>
    public void Ended(EngineJob job)
    {
        var (key, epoch) = (job.Request.Key, job.Request.Epoch);
        lock (_lock)
        {
            if (_active.TryGetValue(key, out var active) && active == job)
                _active.Remove(key);
            if (_endedEpochs.TryGetValue(key, out var known) && known > epoch)
                return;

            _endedEpochs[key] = epoch;
            _ended.Enqueue((key, epoch));
            if (_ended.Count > options.RememberedRequests && _ended.TryDequeue(out var oldest) && _endedEpochs[oldest.Key] == oldest.Epoch)
                _endedEpochs.Remove(oldest.Key);
        }
    }

    /// <summary>Takes no more requests; the loop gets those that are in.</summary>
    public void Close()
    {
        lock (_lock)
            _closed = true;
        _accepted.Writer.TryComplete();
    }

    private long? EpochOf(GenerationKey key, EngineJob? active) =>
        active?.Request.Epoch ?? (_endedEpochs.TryGetValue(key, out var ended) ? ended : null);

    private string? Impossible(EngineJob job)
    {
        var request = job.Request;
        if (request.PromptIds.Length == 0)
            return "The prompt is empty.";
        if (request.PromptIds.Length >= contextLength)
            return $"The prompt has {request.PromptIds.Length} tokens; with at least one of the answer the model's context holds {contextLength}.";
        if (request.Choices < 1 || request.Choices > options.MaxRunning)
            return $"{request.Choices} choices were asked for; this engine runs 1 to {options.MaxRunning}.";
        if (job.CachedTokens > _mostCachedTokens)
            return $"Prompt and longest answer come to {job.CachedTokens} cached tokens; this engine holds {_mostCachedTokens}. Lower max_tokens or the number of choices.";
        return null;
    }
}
