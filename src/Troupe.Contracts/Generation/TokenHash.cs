namespace Troupe.Contracts.Generation;

/// <summary>The rolling hash of a choice's token ids: FNV-1a, 64 bit, over each id as four little-endian bytes. Any client can follow it.</summary>
public static class TokenHash
{
    /// <summary>Of no tokens.</summary>
    public const ulong Empty = 0xcbf29ce484222325;

    private const ulong Prime = 0x100000001b3;

    /// <summary>The hash after one more id.</summary>
    public static ulong Append(ulong hash, int id)
    {
        for (var shift = 0; shift < 32; shift += 8)
            hash = (hash ^ (byte)(id >> shift)) * Prime;
        return hash;
    }

    /// <summary>The hash after more ids.</summary>
    public static ulong Append(ulong hash, ReadOnlySpan<int> ids)
    {
        foreach (var id in ids)
            hash = Append(hash, id);
        return hash;
    }
}
