using System.Runtime.InteropServices;
using Troupe.Models.Checkpoints;
using Troupe.Models.Vision;
using Troupe.Models.Vision.Idefics3;

namespace Troupe.Parity.Product;

/// <summary>Prepared pictures to plain values and back.</summary>
public static class PictureValues
{
    public static float[] Read(HostTensor tensor) => tensor.Type switch
    {
        ElementType.F32 => MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ToArray(),
        ElementType.U8 => [.. tensor.Data.ToArray().Select(value => (float)value)],
        _ => throw new InvalidDataException($"A picture tensor of type {tensor.Type}."),
    };

    /// <summary>Pictures with this many tiles: those of the scene, then tiles of zeros with a mask of zeros, as the reference fills up the rows of a batch.</summary>
    public static PreparedPicture Padded(IReadOnlyList<PreparedPicture> pictures, int tiles, int side)
    {
        HostTensor Fill(string name, ElementType type, params long[] shape)
        {
            var bytes = new byte[shape.Aggregate((long)type.Size(), (product, length) => product * length)];
            var at = 0;
            foreach (var picture in pictures)
            {
                picture.Tensors[name].Data.Span.CopyTo(bytes.AsSpan(at));
                at += picture.Tensors[name].Data.Length;
            }
            return new HostTensor(type, shape, bytes);
        }
        return new PreparedPicture(
            new Dictionary<string, HostTensor>
            {
                [Idefics3ImageProcessor.PixelValues] = Fill(Idefics3ImageProcessor.PixelValues, ElementType.F32, tiles, 3, side, side),
                [Idefics3ImageProcessor.PixelAttentionMask] = Fill(Idefics3ImageProcessor.PixelAttentionMask, ElementType.U8, tiles, side, side),
            }, 0, 0);
    }

    /// <summary>A picture of recorded values: pixels (.., tiles, 3, side, side) and mask (.., tiles, side, side).</summary>
    public static PreparedPicture From(float[] pixels, double[] mask, int side)
    {
        var tiles = mask.Length / (side * side);
        return new PreparedPicture(
            new Dictionary<string, HostTensor>
            {
                [Idefics3ImageProcessor.PixelValues] = new(ElementType.F32, [tiles, 3, side, side], MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray()),
                [Idefics3ImageProcessor.PixelAttentionMask] = new(ElementType.U8, [tiles, side, side], (byte[])[.. mask.Select(value => (byte)value)]),
            }, 0, 0);
    }
}
