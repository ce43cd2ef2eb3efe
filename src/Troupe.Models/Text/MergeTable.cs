namespace Troupe.Models.Text;

/// <summary>Pairs of ids to the rank and the id of their union: open addressing, read by many at once.</summary>
internal sealed class MergeTable : IMergeTable
{
    private const ulong Free = ulong.MaxValue;

    private readonly ulong[] _pairs;
    private readonly (int Rank, int Id)[] _unions;
    private readonly int _shift;

    /// <param name="merges">Pairs in order of rank; a pair that comes again takes the later rank.</param>
    public MergeTable(IReadOnlyCollection<((int Left, int Right) Pair, int Rank, int Id)> merges)
    {
        var bits = Math.Max(4, 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)merges.Count * 2));
        _shift = 64 - bits;
        _pairs = new ulong[1 << bits];
        _unions = new (int, int)[1 << bits];
        Array.Fill(_pairs, Free);
        foreach (var (pair, rank, id) in merges)
        {
            var slot = Slot(Key(pair.Left, pair.Right));
            _pairs[slot] = Key(pair.Left, pair.Right);
            _unions[slot] = (rank, id);
        }
    }

    public bool TryGet(int left, int right, out int rank, out int id)
    {
        var slot = Slot(Key(left, right));
        (rank, id) = _unions[slot];
        return _pairs[slot] != Free;
    }

    private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    /// <summary>The slot of a key, or the free one where it belongs.</summary>
    private int Slot(ulong key)
    {
        var mask = _pairs.Length - 1;
        var slot = (int)((key * 0x9e3779b97f4a7c15) >> _shift);          // Fibonacci hashing
        while (_pairs[slot] != key && _pairs[slot] != Free)
            slot = (slot + 1) & mask;
        return slot;
    }
}
