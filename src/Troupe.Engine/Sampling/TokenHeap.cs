namespace Troupe.Engine.Sampling;

/// <summary>
/// Gives ids in order of falling key, ties by lower id, without sorting those that nobody asks for: building is linear, each
/// <see cref="Pop"/> logarithmic.
/// </summary>
internal ref struct TokenHeap
{
    private readonly ReadOnlySpan<float> _keys;
    private readonly Span<int> _heap;
    private int _count;

    /// <param name="keys">Key of each id, (vocabulary).</param>
    /// <param name="heap">Room for all ids.</param>
    /// <param name="floor">Ids whose key is below this are left out.</param>
    public TokenHeap(ReadOnlySpan<float> keys, Span<int> heap, float floor)
    {
        _keys = keys;
        _heap = heap;
        for (var id = 0; id < keys.Length; id++)
        {
            if (keys[id] >= floor)
                heap[_count++] = id;
        }

        for (var root = _count / 2 - 1; root >= 0; root--)
            SiftDown(root);
    }

    public readonly int Count => _count;

    public int Pop()
    {
        var id = _heap[0];
        _heap[0] = _heap[--_count];
        SiftDown(0);
        return id;
    }

    private readonly void SiftDown(int hole)
    {
        var id = _heap[hole];
        while (true)
        {
            var child = 2 * hole + 1;
            if (child >= _count)
                break;
            if (child + 1 < _count && Precedes(_heap[child + 1], _heap[child]))
                child++;
            if (!Precedes(_heap[child], id))
                break;
            _heap[hole] = _heap[child];
            hole = child;
        }

        _heap[hole] = id;
    }

    private readonly bool Precedes(int a, int b) => _keys[a] > _keys[b] || (_keys[a] == _keys[b] && a < b);
}
