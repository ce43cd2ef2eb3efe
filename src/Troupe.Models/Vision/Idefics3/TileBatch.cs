using Troupe.Models.Checkpoints;

namespace Troupe.Models.Vision.Idefics3;

/// <summary>The tiles of several pictures, without those that are there only to make rows of a batch equally long.</summary>
/// <param name="Pixels">(tiles, 3, side, side) of each picture that has tiles.</param>
/// <param name="Masks">(tiles, side, side) of each picture that has tiles.</param>
/// <param name="TilesOf">Tiles of every picture, in order.</param>
internal sealed record TileBatch(IReadOnlyList<HostTensor> Pixels, IReadOnlyList<HostTensor> Masks, IReadOnlyList<int> TilesOf)
{
    public int Tiles { get; } = TilesOf.Sum();

    /// <summary>Pixels along a side of a tile.</summary>
    public int TileSide => (int)Pixels[0].Shape[^1];

    public static TileBatch From(IReadOnlyList<PreparedPicture> pictures)
    {
        var (pixels, masks, counts) = (new List<HostTensor>(), new List<HostTensor>(), new List<int>());
        foreach (var picture in pictures)
        {
            var (values, mask) = (picture.Tensors[Idefics3ImageProcessor.PixelValues], picture.Tensors[Idefics3ImageProcessor.PixelAttentionMask]);
            var real = Enumerable.Range(0, (int)mask.Shape[0]).Where(tile => !IsPadding(values.Rows(tile, 1), mask.Rows(tile, 1))).ToArray();
            counts.Add(real.Length);
            if (real.Length == 0)
                continue;
            pixels.Add(values.Take(real));
            masks.Add(mask.Take(real));
        }
        return new TileBatch(pixels, masks, counts);
    }

    /// <summary>Nothing but zeros, pixels and mask. A black picture that is not normalised has zeros for pixels too, but a mask that says it is there.</summary>
    private static bool IsPadding(HostTensor pixels, HostTensor mask) =>
        !mask.Data.Span.ContainsAnyExcept((byte)0) && !pixels.Data.Span.ContainsAnyExcept((byte)0);
}
