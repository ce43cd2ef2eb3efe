using Troupe.Models.Families;
using Troupe.Models.Vision.Headers;

namespace Troupe.Models.Vision;

/// <summary>What a picture file says about itself before any pixel is decoded.</summary>
/// <param name="StoredWidth">Pixels, as stored.</param>
/// <param name="StoredHeight">Pixels, as stored.</param>
/// <param name="Orientation">EXIF orientation, 1 to 8: how the stored pixels are turned or mirrored to be seen. 1 leaves them.</param>
public sealed record PictureHeader(PictureFormat Format, int StoredWidth, int StoredHeight, int Orientation)
{
    /// <summary>The size as seen.</summary>
    public PictureSize Size => Orientation >= 5 ? new(StoredHeight, StoredWidth) : new(StoredWidth, StoredHeight);

    /// <summary>Reads format, size and orientation in time linear in the file, and checks them against <paramref name="limits"/>.</summary>
    /// <exception cref="PictureException">Not a picture that is read, broken, or over a limit; the message names the value and the limit.</exception>
    public static PictureHeader Read(ReadOnlySpan<byte> file, PictureLimits limits)
    {
        if (file.Length > limits.MaxBytes)
            throw new PictureException($"The picture file has {file.Length} bytes; at most {limits.MaxBytes} are accepted.");
        var header = FormatSignature.Of(file) switch
        {
            PictureFormat.Png => PngHeader.Read(file),
            PictureFormat.Jpeg => JpegHeader.Read(file),
            PictureFormat.WebP => WebPHeader.Read(file),
            PictureFormat.Gif => GifHeader.Read(file),
            _ => BmpHeader.Read(file).Summary,
        };
        Check(header, limits);
        if (header.Format == PictureFormat.Jpeg)
            CheckScans(JpegHeader.Scans(file), header, limits);
        return header;
    }

    private static void Check(PictureHeader header, PictureLimits limits)
    {
        var (name, width, height) = (header.Format.Name(), header.StoredWidth, header.StoredHeight);
        if (width <= 0 || height <= 0)
            throw new PictureException($"The {name} picture is {width} x {height} pixels; both sides must be at least 1.");
        if (Math.Max(width, height) > limits.MaxSide)
            throw new PictureException($"The {name} picture is {width} x {height} pixels; a side may have at most {limits.MaxSide}.");
        if ((long)width * height > limits.MaxPixels)
            throw new PictureException($"The {name} picture has {(long)width * height} pixels ({width} x {height}); at most {limits.MaxPixels} are accepted.");
    }

    /// <summary>Each scan of a progressive JPEG goes over every pixel, however few bytes it has: a small file could keep a decoder busy for minutes.</summary>
    private static void CheckScans(int scans, PictureHeader header, PictureLimits limits)
    {
        const int FullSizeScans = 20; // encoders write about ten
        var (work, most) = ((long)scans * header.StoredWidth * header.StoredHeight, FullSizeScans * limits.MaxPixels);
        if (work > most)
            throw new PictureException($"The JPEG picture goes over its {header.StoredWidth} x {header.StoredHeight} pixels in {scans} scans, {work} pixels in all; at most {most} are accepted.");
    }
}
