using System.Runtime.InteropServices;
using NetVips;
using Troupe.Models.Vision.Headers;

namespace Troupe.Models.Vision.Decoding;

/// <summary>PNG, JPEG and WebP. Rows stream through libvips, so that only the 8-bit result is ever whole in memory.</summary>
internal static class LibvipsDecoder
{
    public static DecodedPixels Decode(ReadOnlyMemory<byte> file, PictureFormat format)
    {
        Libvips.EnsurePrepared();
        var bytes = MemoryMarshal.TryGetArray(file, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length ? segment.Array : file.ToArray();
        try
        {
            using var image = Load(bytes, format);
            return format == PictureFormat.Png ? Png(image, bytes) : Read(image, format);
        }
        catch (VipsException e)
        {
            throw new PictureException($"The {format.Name()} picture cannot be decoded; it is damaged or ends too early ({FirstLine(e.Message)}).", e);
        }
    }

    /// <summary>Damage inside a JPEG is passed over as the reference does; a PNG has checksums, and one that fails them is refused.</summary>
    private static Image Load(byte[] bytes, PictureFormat format) => format switch
    {
        PictureFormat.Png => Image.PngloadBuffer(bytes, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error),
        PictureFormat.Jpeg => Image.JpegloadBuffer(bytes, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated),
        PictureFormat.WebP => Image.WebploadBuffer(bytes, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "not a format of libvips here"),
    };

    /// <summary>
    /// As Pillow: 16-bit grays are clipped to 8 bits and other 16-bit channels take their high byte; a transparent colour is no alpha
    /// channel unless it is in a palette.
    /// </summary>
    private static DecodedPixels Png(Image image, ReadOnlySpan<byte> file)
    {
        var (depth, color) = (file[PngHeader.DepthOffset], (PngColor)file[PngHeader.ColorOffset]);
        var channels = color switch { PngColor.Gray => 1, PngColor.Rgb => 3, _ => image.Bands };
        using var stored = image.ExtractBand(0, channels);
        using var narrow = stored.Cast(Enums.BandFormat.Uchar, shift: depth == 16 && color != PngColor.Gray);
        return Read(narrow, PictureFormat.Png) with { TransparentColor = PngTransparency.Read(file) };
    }

    private static DecodedPixels Read(Image image, PictureFormat format)
    {
        var layout = image.Bands switch
        {
            1 => PixelLayout.Gray,
            2 => PixelLayout.GrayAlpha,
            3 => PixelLayout.Rgb,
            4 => image.Interpretation == Enums.Interpretation.Cmyk ? PixelLayout.Cmyk : PixelLayout.Rgba,
            _ => throw new PictureException($"The {format.Name()} picture has {image.Bands} channels; 1 to 4 are read."),
        };
        if (image.Format != Enums.BandFormat.Uchar)
            throw new PictureException($"The {format.Name()} picture has channels of type {image.Format}; 8 bits were expected.");
        return new DecodedPixels(image.Width, image.Height, layout, image.WriteToMemory<byte>());
    }

    private static string FirstLine(string message)
    {
        // "unable to call JpegloadBuffer\nVipsJpeg: Premature end of input file\n...": the reason is on the second line.
        var lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length > 1 ? lines[1] : lines.FirstOrDefault("no reason given");
    }
}
