namespace Troupe.Models.Checkpoints;

/// <summary>A tensor in plain memory: raw little-endian bytes in row-major order. This is the form in which tensors travel between silos.</summary>
public sealed record HostTensor(ElementType Type, long[] Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>Number of elements: the product of <see cref="Shape"/>.</summary>
    public long Count => Shape.Aggregate(1L, (product, side) => product * side);

    private int RowBytes => Shape[0] == 0 ? 0 : Data.Length / (int)Shape[0];

    /// <summary>Rows of the first dimension, without a copy.</summary>
    public HostTensor Rows(int start, int count) => this with { Shape = [count, .. Shape.AsSpan(1)], Data = Data.Slice(start * RowBytes, count * RowBytes) };

    /// <summary>These rows of the first dimension, in this order; the tensor itself when they are all of its rows in order.</summary>
    public HostTensor Take(ReadOnlySpan<int> rows)
    {
        var whole = rows.Length == Shape[0];
        for (var i = 0; i < rows.Length; i++)
            whole &= rows[i] == i;
        if (whole)
            return this;
        var bytes = new byte[rows.Length * RowBytes];
        for (var i = 0; i < rows.Length; i++)
            Data.Span.Slice(rows[i] * RowBytes, RowBytes).CopyTo(bytes.AsSpan(i * RowBytes));
        return this with { Shape = [rows.Length, .. Shape.AsSpan(1)], Data = bytes };
    }
}
