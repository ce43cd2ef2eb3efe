using Troupe.Contracts.Decoding;
using Troupe.Contracts.Generation;
using Troupe.Grains.Protocol;
using Troupe.Grains.Transfer;

namespace Troupe.Grains.Generation;

/// <summary>The requests that this silo owns: running, and ended ones for a while. Safe for concurrent use.</summary>
internal sealed class GenerationHub(MediaStore media, TransferClient transfer, ILocalSiloDetails local, TimeProvider time)
{
    /// <summary>Ended requests stay readable this long, and never more than <see cref="MostEnded"/> of them.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromMinutes(5);

    private const int MostEnded = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<GenerationKey, Generation> _generations = [];
    private readonly Queue<Generation> _ended = new();

    /// <summary>Claims an id. The same id with the same body finds the request that is known.</summary>
    /// <returns>The request, and whether it is new; null when the id belongs to another body.</returns>
    public (Generation Generation, bool IsNew)? Claim(GenerationRequest request, IReadOnlyList<ReadOnlyMemory<byte>> files)
    {
        lock (_lock)
        {
            ForgetOld();
            if (_generations.TryGetValue(request.Key, out var known))
                return known.Request.BodyDigest == request.BodyDigest ? (known, false) : null;
            var generation = new Generation(request, epoch: 1, time);
            _generations.Add(request.Key, generation);
            media.Add(request.Key, files);
            return (generation, true);
        }
    }

    public Generation? Find(GenerationKey key)
    {
        lock (_lock)
            return _generations.GetValueOrDefault(key);
    }

    /// <summary>A refused request leaves its id free.</summary>
    public void Forget(Generation generation)
    {
        lock (_lock)
        {
            if (_generations.TryGetValue(generation.Request.Key, out var known) && known == generation)
                _generations.Remove(generation.Request.Key);
        }
    }

    /// <summary>Takes the tokens of a batch.</summary>
    public StepAnswer Deliver(StepBatch batch)
    {
        var engine = EngineAddress.Of(batch.Engine);
        var unwanted = new HashSet<GenerationKey>();
        foreach (var chunk in batch.Chunks)
        {
            var (outputs, wanted) = Find(chunk.Key) is { } generation && generation.Epoch == chunk.Epoch ? generation.Take(engine, chunk) : ([], false);
            if (!wanted || outputs.Any(output => output is CancelAt))
                unwanted.Add(chunk.Key);
            foreach (var release in outputs.OfType<Release>())
                End(Find(chunk.Key)!, release);
        }
        return new StepAnswer([.. unwanted]);
    }

    /// <summary>An engine is gone, with what it had.</summary>
    public void LoseEngine(SiloAddress silo)
    {
        var engine = EngineAddress.Of(silo);
        Generation[] all;
        lock (_lock)
            all = [.. _generations.Values];
        foreach (var generation in all)
            foreach (var release in generation.Handle(new EngineLost(engine)).OfType<Release>())
                End(generation, release);
    }

    /// <summary>After the last event: media and features are needed no longer.</summary>
    public void End(Generation generation, Release release)
    {
        media.Remove(generation.Request.Key, generation.Request.Media.Length);
        lock (_lock)
            _ended.Enqueue(generation);
        var holder = new Contracts.Transfer.Holder(local.SiloAddress, generation.Request.Key);
        foreach (var features in release.Features)
            transfer.Release(features.Blob, holder).Ignore(); // a store that is gone holds nothing
    }

    private void ForgetOld()
    {
        while (_ended.TryPeek(out var oldest) && (_ended.Count > MostEnded || time.GetUtcNow() - oldest.EndedAt > Retention))
        {
            _ended.Dequeue();
            if (_generations.TryGetValue(oldest.Request.Key, out var known) && known == oldest)
                _generations.Remove(oldest.Request.Key);
        }
    }
}
