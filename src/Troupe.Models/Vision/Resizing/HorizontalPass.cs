using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Troupe.Models.Vision.Resizing;

/// <summary>Resamples every row to another width.</summary>
internal static class HorizontalPass
{
    /// <summary>A pixel is loaded as four bytes; the row is copied so that the last one may be.</summary>
    private const int Slack = 4;

    public static RgbPicture Run(RgbPicture picture, int width, ResampleFilter filter)
    {
        var weights = new ResampleWeights(picture.Width, width, filter);
        var (inputStride, outputStride) = (picture.Width * RgbPicture.Channels, width * RgbPicture.Channels);
        var output = new byte[(long)outputStride * picture.Height];
        var row = new byte[inputStride + Slack];
        for (var y = 0; y < picture.Height; y++)
        {
            picture.Pixels.AsSpan(y * inputStride, inputStride).CopyTo(row);
            Row(row, weights, output.AsSpan(y * outputStride, outputStride));
        }
        return new RgbPicture(width, picture.Height, output);
    }

    private static void Row(ReadOnlySpan<byte> row, ResampleWeights weights, Span<byte> output)
    {
        var zero = Vector128<int>.Zero;
        var most = Vector128.Create(255);
        for (var x = 0; x * RgbPicture.Channels < output.Length; x++)
        {
            var taps = weights.Of(x);
            var window = row.Slice(weights.Start(x) * RgbPicture.Channels, taps.Length * RgbPicture.Channels + Slack - RgbPicture.Channels);
            ref var pixel = ref MemoryMarshal.GetReference(window);
            var sum = Vector128.Create(ResampleWeights.Half); // red, green, blue, and the next pixel's red, which is ignored
            foreach (var weight in taps)
            {
                var bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref pixel)).AsByte();
                sum += Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32() * weight;
                pixel = ref Unsafe.Add(ref pixel, RgbPicture.Channels);
            }
            sum = Vector128.Min(Vector128.Max(Vector128.ShiftRightArithmetic(sum, ResampleWeights.PrecisionBits), zero), most);
            var at = x * RgbPicture.Channels;
            output[at] = (byte)sum[0];
            output[at + 1] = (byte)sum[1];
            output[at + 2] = (byte)sum[2];
        }
    }
}
