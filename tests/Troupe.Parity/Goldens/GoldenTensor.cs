using System.Runtime.InteropServices;
using Troupe.Models.Checkpoints;

namespace Troupe.Parity.Goldens;

/// <summary>A recorded tensor. Double precision holds every recorded type exactly.</summary>
public sealed record GoldenTensor(long[] Shape, ElementType Type, double[] Values)
{
    public bool IsFloat => Type is ElementType.F64 or ElementType.F32 or ElementType.F16 or ElementType.BF16;

    public int[] Ints => [.. Values.Select(value => (int)value)];

    public float[] Floats => [.. Values.Select(value => (float)value)];

    /// <summary>Values of the last dimension.</summary>
    public int Width => (int)Shape[^1];

    /// <summary>The rows of the last dimension, all other dimensions laid end to end.</summary>
    public IReadOnlyList<double[]> Rows => [.. Values.Chunk(Width)];

    public static GoldenTensor From(StoredTensor stored) => new(stored.Shape, stored.Type, stored.Type switch
    {
        ElementType.F64 => Read<double>(stored, value => value),
        ElementType.F32 => Read<float>(stored, value => value),
        ElementType.F16 => Read<Half>(stored, value => (double)value),
        ElementType.BF16 => Read<ushort>(stored, value => BitConverter.UInt32BitsToSingle((uint)value << 16)),
        ElementType.I64 => Read<long>(stored, value => value),
        ElementType.I32 => Read<int>(stored, value => value),
        ElementType.U8 or ElementType.Bool => Read<byte>(stored, value => value),
        _ => throw new InvalidDataException($"{stored.Name} has the type {stored.Type}, which is not compared."),
    });

    private static double[] Read<T>(StoredTensor stored, Func<T, double> convert) where T : struct =>
        [.. MemoryMarshal.Cast<byte, T>(stored.Bytes).ToArray().Select(convert)];
}
