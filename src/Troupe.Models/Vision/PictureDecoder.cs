using Troupe.Models.Vision.Decoding;
using Troupe.Models.Vision.Headers;

namespace Troupe.Models.Vision;

/// <summary>
/// Picture files to RGB, equal to the reference (Pillow's <c>convert("RGB")</c>): grays replicated, 16-bit grays clipped to 255, CMYK by
/// its plain formula, first frame of an animation, no colour management.
/// </summary>
public static class PictureDecoder
{
    /// <summary>Decodes a picture as it is seen. Its size is that of <see cref="PictureHeader.Size"/>. Safe for concurrent use.</summary>
    /// <exception cref="PictureException">Not a picture that is read, broken, or over a limit; limits are checked before any pixel is decoded.</exception>
    public static RgbPicture Decode(ReadOnlyMemory<byte> file, PictureLimits limits) => Decode(file, limits, PictureRoute.Path);

    /// <inheritdoc cref="Decode(ReadOnlyMemory{byte}, PictureLimits)"/>
    public static RgbPicture Decode(ReadOnlyMemory<byte> file, PictureLimits limits, PictureRoute route)
    {
        var header = PictureHeader.Read(file.Span, limits);
        var pixels = header.Format switch
        {
            PictureFormat.Gif => GifDecoder.Decode(file.Span),
            PictureFormat.Bmp => BmpDecoder.Decode(file.Span),
            _ => LibvipsDecoder.Decode(file, header.Format),
        };
        if (pixels.Width != header.StoredWidth || pixels.Height != header.StoredHeight)
            throw new PictureException($"The {header.Format.Name()} picture decodes to {pixels.Width} x {pixels.Height} pixels; its header says {header.StoredWidth} x {header.StoredHeight}.");
        var picture = pixels.ToRgb(compositeOntoWhite: route == PictureRoute.Object);
        return route == PictureRoute.Path ? Turning.Apply(picture, header.Orientation) : picture;
    }
}
