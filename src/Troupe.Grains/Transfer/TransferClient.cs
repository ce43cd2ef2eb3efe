using Orleans.Runtime.Services;
using Troupe.Contracts.Transfer;

namespace Troupe.Grains.Transfer;

/// <summary>Pulls blobs from the silo that keeps them; from this one without a copy.</summary>
internal sealed class TransferClient(IServiceProvider services, ILocalSiloDetails local, MediaStore media, FeatureStore features)
    : GrainServiceClient<ITransferService>(services)
{
    /// <summary>Pieces that are under way at once.</summary>
    private const int Parallel = 4;

    /// <returns>Null when the blob is not there any more.</returns>
    public async Task<ReadOnlyMemory<byte>?> Pull(BlobAddress blob, CancellationToken cancellation)
    {
        if (blob.Silo.Equals(local.SiloAddress))
            return media.Find(blob.Key) ?? features.Find(blob.Key);

        var service = GetGrainService(blob.Silo);
        var bytes = new byte[blob.Length];
        var missing = false;
        var offsets = Enumerable.Range(0, (int)((blob.Length + BlobAddress.ChunkBytes - 1) / BlobAddress.ChunkBytes)).Select(piece => (long)piece * BlobAddress.ChunkBytes);
        await System.Threading.Tasks.Parallel.ForEachAsync(offsets, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation }, async (offset, _) =>
        {
            var count = (int)Math.Min(BlobAddress.ChunkBytes, blob.Length - offset);
            if (await service.Read(blob.Key, offset, count) is { } piece)
                piece.Value.CopyTo(bytes, offset);
            else
                missing = true;
        });
        return missing ? default(ReadOnlyMemory<byte>?) : bytes; // a plain null would become an empty blob
    }

    public Task Release(BlobAddress blob, Holder holder)
    {
        if (!blob.Silo.Equals(local.SiloAddress))
            return GetGrainService(blob.Silo).Release(blob.Key, holder);
        features.Release(blob.Key, holder);
        return Task.CompletedTask;
    }
}
