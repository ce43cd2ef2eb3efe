namespace Troupe.Models.Checkpoints;

/// <summary>A tensor in plain memory: raw little-endian bytes in row-major order. This is the form in which tensors travel between silos.</summary>
public sealed record HostTensor(ElementType Type, long[] Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>Number of elements: the product of <see cref="Shape"/>.</summary>
    public long Count => Shape.Aggregate(1L, (product, side) => product * side);
}
