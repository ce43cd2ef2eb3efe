using Troupe.Models.Checkpoints;
using static TorchSharp.torch;

namespace Troupe.Models.Operations.Torch;

/// <summary>Plain memory to libtorch tensors.</summary>
internal static class TorchTensors
{
    /// <summary>A span reaches 2 GB; larger tensors are copied in runs of rows.</summary>
    private const long CopyBytes = 1L << 30;

    /// <summary>A stored tensor on a device; floating point types become <paramref name="type"/>.</summary>
    public static Tensor Load(StoredTensor stored, Device device, ScalarType type)
    {
        var storedType = TypeOf(stored.Type);
        var target = storedType.IsFloatingPoint() ? type : storedType;
        if (device.type == TorchSharp.DeviceType.META)
            return empty(stored.Shape, target, device);
        using var scope = NewDisposeScope();
        var host = empty(stored.Shape, storedType);
        CopyBytesTo(host, stored);
        return host.to(target).to(device).MoveToOuterDisposeScope();
    }

    /// <summary>Rows <paramref name="start"/> to <paramref name="start"/> + <paramref name="count"/> of the first dimension, on the CPU.</summary>
    public static Tensor FromHost(HostTensor tensor, int start, int count)
    {
        var row = tensor.Data.Length / Math.Max(1, (int)tensor.Shape[0]);
        var rows = empty([count, .. tensor.Shape.AsSpan(1)], TypeOf(tensor.Type));
        tensor.Data.Span.Slice(start * row, count * row).CopyTo(rows.bytes);
        return rows;
    }

    public static ScalarType TypeOf(ElementType type) => type switch
    {
        ElementType.F64 => ScalarType.Float64,
        ElementType.F32 => ScalarType.Float32,
        ElementType.F16 => ScalarType.Float16,
        ElementType.BF16 => ScalarType.BFloat16,
        ElementType.I64 => ScalarType.Int64,
        ElementType.I32 => ScalarType.Int32,
        ElementType.I16 => ScalarType.Int16,
        ElementType.I8 => ScalarType.Int8,
        ElementType.Bool => ScalarType.Bool,
        _ => ScalarType.Byte,
    };

    /// <summary>The floating point type that most of the weights are stored in.</summary>
    public static ScalarType ScalarTypeOf(IEnumerable<StoredTensor> tensors) => TypeOf(tensors
        .Where(tensor => TypeOf(tensor.Type).IsFloatingPoint())
        .GroupBy(tensor => tensor.Type, tensor => tensor.ByteLength)
        .MaxBy(group => group.Sum())?.Key ?? ElementType.F32);

    public static ElementType TypeOf(ScalarType type) => type switch
    {
        ScalarType.BFloat16 => ElementType.BF16,
        ScalarType.Float16 => ElementType.F16,
        ScalarType.Float32 => ElementType.F32,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Tensors are computed in f32, bf16 or f16."),
    };

    private static bool IsFloatingPoint(this ScalarType type) =>
        type is ScalarType.Float64 or ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16;

    private static unsafe void CopyBytesTo(Tensor host, StoredTensor stored)
    {
        if (stored.ByteLength == 0)
            return;
        var source = (byte*)stored.Address;
        if (stored.ByteLength <= CopyBytes || stored.Shape.Length == 0)
        {
            new ReadOnlySpan<byte>(source, checked((int)stored.ByteLength)).CopyTo(host.bytes);
            return;
        }
        var rowBytes = stored.ByteLength / stored.Shape[0];
        var run = Math.Max(1, CopyBytes / rowBytes);
        for (long row = 0; row < stored.Shape[0]; row += run)
        {
            var rows = Math.Min(run, stored.Shape[0] - row);
            using var part = host.narrow(0, row, rows);
            new ReadOnlySpan<byte>(source + row * rowBytes, checked((int)(rows * rowBytes))).CopyTo(part.bytes);
        }
    }
}
