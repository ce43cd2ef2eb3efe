namespace Troupe.Engine.Sampling;

/// <summary>Removes what is strictly below the k-th largest logit; its ties stay.</summary>
internal sealed class TopKProcessor(int k) : ILogitsProcessor
{
    public void Apply(Span<float> logits, TokenHistory history, SamplingScratch scratch)
    {
        if (k >= logits.Length)
            return;

        var smallestKept = KthLargest(logits, scratch.Values.AsSpan(0, k));
        foreach (ref var logit in logits)
        {
            if (logit < smallestKept)
                logit = float.NegativeInfinity;
        }
    }

    /// <summary>The smallest of the k largest values: the root of a min-heap that most values never enter.</summary>
    private static float KthLargest(ReadOnlySpan<float> values, Span<float> heap)
    {
        values[..heap.Length].CopyTo(heap);
        heap.Sort(); // a sorted run is a min-heap
        foreach (var value in values[heap.Length..])
        {
            if (value > heap[0])
                ReplaceRoot(heap, value);
        }

        return heap[0];
    }

    private static void ReplaceRoot(Span<float> heap, float value)
    {
        var hole = 0;
        while (true)
        {
            var child = 2 * hole + 1;
            if (child >= heap.Length)
                break;
            if (child + 1 < heap.Length && heap[child + 1] < heap[child])
                child++;
            if (heap[child] >= value)
                break;
            heap[hole] = heap[child];
            hole = child;
        }

        heap[hole] = value;
    }
}
