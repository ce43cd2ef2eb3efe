namespace Troupe.Models.Vision.Resizing;

/// <summary>
/// Resizing equal to Pillow 13 to the 8-bit step: two passes, weights with 22 fraction bits, rounded and clipped to 8 bits after each
/// pass (Pillow, <c>Image.resize</c>). A filter widens with the reduction, so that every input pixel counts.
/// </summary>
public static class PillowResize
{
    /// <param name="width">Pixels, at least 1.</param>
    /// <param name="height">Pixels, at least 1.</param>
    public static RgbPicture Resize(RgbPicture picture, int width, int height, ResampleFilter filter)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (picture.Width == width && picture.Height == height)
            return picture;
        if (filter == ResampleFilter.Nearest)
            return NearestPixel.Run(picture, width, height);
        return VerticalFirst(picture, width, height)
            ? Horizontal(Vertical(picture, height, filter), width, filter)
            : Vertical(Horizontal(picture, width, filter), height, filter);
    }

    /// <summary>The pass that shrinks more goes first; since each pass rounds, the order shows in the result.</summary>
    private static bool VerticalFirst(RgbPicture picture, int width, int height) =>
        height < picture.Height && picture.Height - height > 2L * (picture.Width - width);

    private static RgbPicture Horizontal(RgbPicture picture, int width, ResampleFilter filter) =>
        width == picture.Width ? picture : HorizontalPass.Run(picture, width, filter);

    private static RgbPicture Vertical(RgbPicture picture, int height, ResampleFilter filter) =>
        height == picture.Height ? picture : VerticalPass.Run(picture, height, filter);
}
