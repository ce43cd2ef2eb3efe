using Microsoft.Extensions.Logging;
using Troupe.Contracts.Decoding;
using Troupe.Engine;
using Troupe.Grains.Generation;
using Troupe.Grains.Protocol;
using Troupe.Grains.Serving;

namespace Troupe.Grains.Decoding;

/// <summary>
/// Tokens of one engine to one owner's silo: at most one batch is in flight, what comes meanwhile is joined to the next. A batch that is not
/// answered is sent again as it was, until the silo is known to be gone.
/// </summary>
internal sealed partial class OwnerLink(SiloAddress silo, OwnerClient owners, ModelStages stages, ILocalSiloDetails local, TimeProvider time, ILogger<OwnerLink> logger) : ITokenReceiver
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly PendingChunks _pending = new();
    private readonly HashSet<GenerationKey> _requests = [];
    private bool _sending;
    private bool _closed;

    public void Receive(IReadOnlyList<TokenChunk> chunks)
    {
        lock (_lock)
        {
            foreach (var chunk in chunks)
            {
                _pending.Add(EngineMessages.Chunk(chunk));
                _requests.Add(chunk.Key);
                if (_closed)
                    stages.Engine?.Cancel(chunk.Key);
            }
            if (_sending || _closed)
                return;
            _sending = true;
        }
        _ = Task.Run(Send); // the engine's thread goes on
    }

    /// <summary>The silo is gone: what it owned ends here.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var request in _requests)
                stages.Engine?.Cancel(request);
            _requests.Clear();
        }
    }

    private async Task Send()
    {
        while (Next() is { } batch)
        {
            while (!await TrySend(batch))
                await Task.Delay(Pause, time);
        }
    }

    private StepBatch? Next()
    {
        lock (_lock)
        {
            if (_pending.IsEmpty || _closed)
            {
                _sending = false;
                return null;
            }
            return new StepBatch(local.SiloAddress, _pending.Take());
        }
    }

    /// <returns>Whether the batch is done with.</returns>
    private async Task<bool> TrySend(StepBatch batch)
    {
        try
        {
            var answer = await owners.Deliver(silo, batch);
            foreach (var key in answer.Cancelled)
                stages.Engine?.Cancel(EngineMessages.Key(key));
            Forget(batch);
            return true;
        }
        catch (Exception exception)
        {
            LogNotDelivered(exception, silo);
            lock (_lock)
                return _closed;
        }
    }

    private void Forget(StepBatch batch)
    {
        lock (_lock)
        {
            foreach (var chunk in batch.Chunks)
                if (chunk.Finish is not null)
                    _requests.Remove(EngineMessages.Key(chunk.Key));
        }
    }

    [LoggerMessage(LogLevel.Warning, "Tokens for the owners on {Silo} were not delivered.")]
    private partial void LogNotDelivered(Exception exception, SiloAddress silo);
}
