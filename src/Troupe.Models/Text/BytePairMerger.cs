namespace Troupe.Models.Text;

/// <summary>Byte-pair merging (Sennrich et al., 2016): the pair of lowest rank first, the leftmost of equal ones.</summary>
/// <param name="merges">Pairs of ids to their rank and the id of their union.</param>
internal sealed class BytePairMerger(IReadOnlyDictionary<(int Left, int Right), (int Rank, int Id)> merges)
{
    /// <summary>Above this length a heap keeps the work near linear; below it a scan is faster.</summary>
    private const int ScanLength = 48;

    private readonly Dictionary<(int Left, int Right), (int Rank, int Id)> _merges = new(merges);

    /// <summary>Merges the symbols of one piece and appends the ids that remain.</summary>
    public void Merge(Span<int> symbols, List<int> ids)
    {
        if (symbols.Length <= ScanLength)
            Scan(symbols, ids);
        else
            Heap(symbols, ids);
    }

    private void Scan(Span<int> symbols, List<int> ids)
    {
        while (symbols.Length > 1)
        {
            var (best, at, union) = (int.MaxValue, -1, 0);
            for (var i = 0; i + 1 < symbols.Length; i++)
                if (_merges.TryGetValue((symbols[i], symbols[i + 1]), out var merge) && merge.Rank < best)
                    (best, at, union) = (merge.Rank, i, merge.Id);
            if (at < 0)
                break;
            symbols[at] = union;
            symbols[(at + 2)..].CopyTo(symbols[(at + 1)..]);
            symbols = symbols[..^1];
        }
        foreach (var symbol in symbols)
            ids.Add(symbol);
    }

    private void Heap(Span<int> symbols, List<int> ids)
    {
        var next = new int[symbols.Length];
        var previous = new int[symbols.Length];
        var queue = new PriorityQueue<(int At, int Left, int Right, int Id), (int Rank, int At)>();
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
            symbols[pair.At] = pair.Id;
            symbols[right] = -1;
            next[pair.At] = next[right];
            if (next[pair.At] >= 0)
            {
                previous[next[pair.At]] = pair.At;
                Offer(queue, pair.At, pair.Id, symbols[next[pair.At]]);
            }
            if (previous[pair.At] >= 0)
                Offer(queue, previous[pair.At], symbols[previous[pair.At]], pair.Id);
        }
        for (var i = 0; i >= 0; i = next[i])
            ids.Add(symbols[i]);
    }

    private void Offer(PriorityQueue<(int At, int Left, int Right, int Id), (int Rank, int At)> queue, int at, int left, int right)
    {
        if (_merges.TryGetValue((left, right), out var merge))
            queue.Enqueue((at, left, right, merge.Id), (merge.Rank, at));
    }
}
