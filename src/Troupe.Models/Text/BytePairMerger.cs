using System.Buffers;

namespace Troupe.Models.Text;

/// <summary>Byte-pair merging (Sennrich et al., 2016): the pair of lowest rank first, the leftmost of equal ones.</summary>
internal sealed class BytePairMerger(IMergeTable merges)
{
    /// <summary>Above this length a heap keeps the work near linear; below it a scan is faster.</summary>
    private const int ScanLength = 48;

    private const int None = int.MaxValue;

    /// <summary>Merges the symbols of one piece and appends the ids that remain. The symbols are overwritten.</summary>
    public void Merge(Span<int> symbols, List<int> ids)
    {
        if (symbols.Length <= ScanLength)
            Scan(symbols, ids);
        else
            Heap(symbols, ids);
    }

    private void Scan(Span<int> symbols, List<int> ids)
    {
        Span<int> ranks = stackalloc int[ScanLength], unions = stackalloc int[ScanLength];   // of each symbol with the next
        var length = symbols.Length;
        for (var i = 0; i + 1 < length; i++)
            ranks[i] = Rank(symbols[i], symbols[i + 1], out unions[i]);
        while (length > 1)
        {
            var at = ranks[..(length - 1)].IndexOf(Lowest(ranks[..(length - 1)]));
            if (ranks[at] == None)
                break;
            symbols[at] = unions[at];
            symbols[(at + 2)..length].CopyTo(symbols[(at + 1)..]);
            if (at + 2 < length)
            {
                ranks[(at + 2)..(length - 1)].CopyTo(ranks[(at + 1)..]);
                unions[(at + 2)..(length - 1)].CopyTo(unions[(at + 1)..]);
            }
            length--;
            if (at + 1 < length)
                ranks[at] = Rank(symbols[at], symbols[at + 1], out unions[at]);
            if (at > 0)
                ranks[at - 1] = Rank(symbols[at - 1], symbols[at], out unions[at - 1]);
        }
        ids.AddRange(symbols[..length]);
    }

    private static int Lowest(ReadOnlySpan<int> ranks)
    {
        var lowest = None;
        foreach (var rank in ranks)
            lowest = Math.Min(lowest, rank);
        return lowest;
    }

    private int Rank(int left, int right, out int union) => merges.TryGet(left, right, out var rank, out union) ? rank : None;

    private void Heap(Span<int> symbols, List<int> ids)
    {
        var links = ArrayPool<int>.Shared.Rent(2 * symbols.Length);
        Span<int> next = links.AsSpan(0, symbols.Length), previous = links.AsSpan(symbols.Length, symbols.Length);
        var queue = new PriorityQueue<(int At, int Left, int Right, int Union), long>(symbols.Length);
        for (var i = 0; i < symbols.Length; i++)
        {
            next[i] = i + 1 < symbols.Length ? i + 1 : -1;
            previous[i] = i - 1;
            if (next[i] >= 0)
                Offer(queue, i, symbols[i], symbols[i + 1]);
        }
        while (queue.TryDequeue(out var pair, out _))
        {
            var right = next[pair.At];
            if (right < 0 || symbols[pair.At] != pair.Left || symbols[right] != pair.Right)
                continue;                                       // one of the two was merged meanwhile
            symbols[pair.At] = pair.Union;
            symbols[right] = -1;
            next[pair.At] = next[right];
            if (next[pair.At] >= 0)
            {
                previous[next[pair.At]] = pair.At;
                Offer(queue, pair.At, pair.Union, symbols[next[pair.At]]);
            }
            if (previous[pair.At] >= 0)
                Offer(queue, previous[pair.At], symbols[previous[pair.At]], pair.Union);
        }
        for (var i = 0; i >= 0; i = next[i])
            ids.Add(symbols[i]);
        ArrayPool<int>.Shared.Return(links);
    }

    private void Offer(PriorityQueue<(int At, int Left, int Right, int Union), long> queue, int at, int left, int right)
    {
        if (merges.TryGet(left, right, out var rank, out var union))
            queue.Enqueue((at, left, right, union), ((long)rank << 32) | (uint)at);
    }
}
