using System.Collections.Concurrent;
using Troupe.Contracts.Generation;

namespace Troupe.Grains.Transfer;

/// <summary>Picture files of the requests that this silo owns, as received, until the request ends. Safe for concurrent use.</summary>
internal sealed class MediaStore
{
    public const string Prefix = "media/";

    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _files = new(StringComparer.Ordinal);

    /// <summary>The name under which other silos pull a request's medium.</summary>
    public static string KeyOf(GenerationKey generation, int medium) => $"{Prefix}{generation}/{medium}";

    public void Add(GenerationKey generation, IReadOnlyList<ReadOnlyMemory<byte>> media)
    {
        for (var medium = 0; medium < media.Count; medium++)
            _files[KeyOf(generation, medium)] = media[medium];
    }

    public void Remove(GenerationKey generation, int media)
    {
        for (var medium = 0; medium < media; medium++)
            _files.TryRemove(KeyOf(generation, medium), out _);
    }

    public ReadOnlyMemory<byte>? Find(string key) => _files.TryGetValue(key, out var file) ? file : default(ReadOnlyMemory<byte>?);
}
