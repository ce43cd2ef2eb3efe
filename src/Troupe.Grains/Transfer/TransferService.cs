using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Troupe.Contracts.Transfer;

namespace Troupe.Grains.Transfer;

/// <summary>Hands out pieces of this silo's stores.</summary>
[Reentrant]
internal sealed class TransferService(GrainId id, Silo silo, ILoggerFactory loggers, MediaStore media, FeatureStore features)
    : GrainService(id, silo, loggers), ITransferService
{
    public Task<Immutable<byte[]>?> Read(string key, long offset, int count)
    {
        if (count is < 0 or > BlobAddress.ChunkBytes)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"A piece has 0 to {BlobAddress.ChunkBytes} bytes.");
        var blob = key.StartsWith(MediaStore.Prefix, StringComparison.Ordinal) ? media.Find(key) : features.Find(key);
        return Task.FromResult(blob is { } data ? (Immutable<byte[]>?)new Immutable<byte[]>(data.Slice((int)offset, count).ToArray()) : null);
    }

    public Task Release(string key, Holder holder)
    {
        features.Release(key, holder);
        return Task.CompletedTask;
    }
}
