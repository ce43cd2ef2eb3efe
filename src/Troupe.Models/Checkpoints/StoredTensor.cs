namespace Troupe.Models.Checkpoints;

/// <summary>A tensor in a memory-mapped file: valid until its file is disposed.</summary>
/// <param name="Name">Its name in the checkpoint.</param>
/// <param name="Type">How an element is written.</param>
/// <param name="Shape">Sides, slowest first; empty for a single value.</param>
/// <param name="ByteLength">Bytes of all elements.</param>
/// <param name="Address">Address of the first byte.</param>
public sealed record StoredTensor(string Name, ElementType Type, long[] Shape, long ByteLength, nint Address)
{
    /// <summary>The tensor's bytes.</summary>
    /// <exception cref="InvalidOperationException">It is larger than a span can reach (2 GB); read it by <see cref="Address"/> in parts.</exception>
    public unsafe ReadOnlySpan<byte> Bytes =>
        ByteLength <= int.MaxValue
            ? new ReadOnlySpan<byte>((void*)Address, (int)ByteLength)
            : throw new InvalidOperationException($"Tensor {Name} has {ByteLength} bytes, more than one span can hold.");

    /// <summary>A copy in managed memory.</summary>
    public HostTensor ToHost() => new(Type, Shape, Bytes.ToArray());

    public static string Describe(IReadOnlyList<long> shape) => $"({string.Join(", ", shape)})";
}
