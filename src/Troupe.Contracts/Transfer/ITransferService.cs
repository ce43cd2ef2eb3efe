using Orleans.Concurrency;
using Orleans.Services;
using Troupe.Contracts.Generation;

namespace Troupe.Contracts.Transfer;

/// <summary>Hands out what lies in a silo's stores, in pieces: picture files on the owner's silo, features on a vision silo.</summary>
[Alias("troupe.ITransferService")]
public interface ITransferService : IGrainService
{
    /// <summary>A piece of a blob; null when it is not there (any more).</summary>
    /// <param name="key">The blob's name in its silo.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="count">At most <see cref="BlobAddress.ChunkBytes"/>.</param>
    [Alias("Read")]
    Task<Immutable<byte[]>?> Read(string key, long offset, int count);

    /// <summary>The holder needs the features no longer: they may be evicted when no other holder is left.</summary>
    [Alias("Release")]
    Task Release(string key, Holder holder);
}

/// <summary>Who keeps features from eviction: a request, on the silo of its owner.</summary>
[GenerateSerializer, Immutable, Alias("troupe.Holder")]
public sealed record Holder([property: Id(0)] SiloAddress Silo, [property: Id(1)] GenerationKey Generation);

/// <summary>A blob by the silo that keeps it.</summary>
[GenerateSerializer, Immutable, Alias("troupe.BlobAddress")]
public sealed record BlobAddress([property: Id(0)] SiloAddress Silo, [property: Id(1)] string Key, [property: Id(2)] long Length)
{
    /// <summary>Bytes of one piece: large messages hold up the small ones behind them on a connection.</summary>
    public const int ChunkBytes = 512 << 10;
}
