using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Troupe.Models.Vision.Resizing;

/// <summary>Resamples every column to another height.</summary>
internal static class VerticalPass
{
    public static RgbPicture Run(RgbPicture picture, int height, ResampleFilter filter)
    {
        var weights = new ResampleWeights(picture.Height, height, filter);
        var stride = picture.Width * RgbPicture.Channels;
        var output = new byte[(long)stride * height];
        for (var y = 0; y < height; y++)
        {
            var taps = weights.Of(y);
            var rows = picture.Pixels.AsSpan(weights.Start(y) * stride, taps.Length * stride);
            Row(rows, taps, output.AsSpan(y * stride, stride));
        }
        return new RgbPicture(picture.Width, height, output);
    }

    /// <summary>One output row from the input rows under it.</summary>
    private static void Row(ReadOnlySpan<byte> rows, ReadOnlySpan<int> taps, Span<byte> output)
    {
        var lanes = Vector<byte>.Count;
        if (output.Length < lanes)
        {
            for (var x = 0; x < output.Length; x++)
                output[x] = Value(rows, taps, x, output.Length);
            return;
        }
        for (var x = 0; x < output.Length; x += lanes)
            Lanes(rows, taps, Math.Min(x, output.Length - lanes), output); // the last step overlaps the one before
    }

    private static byte Value(ReadOnlySpan<byte> rows, ReadOnlySpan<int> taps, int x, int stride)
    {
        var sum = ResampleWeights.Half;
        for (var t = 0; t < taps.Length; t++)
            sum += rows[t * stride + x] * taps[t];
        return (byte)Math.Clamp(sum >> ResampleWeights.PrecisionBits, 0, 255);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Lanes(ReadOnlySpan<byte> rows, ReadOnlySpan<int> taps, int x, Span<byte> output)
    {
        ref var column = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), x);
        var (a, b, c, d) = (new Vector<int>(ResampleWeights.Half), new Vector<int>(ResampleWeights.Half), new Vector<int>(ResampleWeights.Half), new Vector<int>(ResampleWeights.Half));
        foreach (var tap in taps)
        {
            Vector.Widen(Vector.LoadUnsafe(ref column), out var low, out var high);
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            var weight = new Vector<int>(tap);
            a += Vector.AsVectorInt32(first) * weight;
            b += Vector.AsVectorInt32(second) * weight;
            c += Vector.AsVectorInt32(third) * weight;
            d += Vector.AsVectorInt32(fourth) * weight;
            column = ref Unsafe.Add(ref column, output.Length);
        }
        Vector.Narrow(Vector.Narrow(Clip(a), Clip(b)), Vector.Narrow(Clip(c), Clip(d))).CopyTo(output[x..]);
    }

    private static Vector<uint> Clip(Vector<int> sum) =>
        Vector.AsVectorUInt32(Vector.Min(Vector.Max(Vector.ShiftRightArithmetic(sum, ResampleWeights.PrecisionBits), Vector<int>.Zero), new Vector<int>(255)));
}
