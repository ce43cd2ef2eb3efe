namespace Troupe.Models.Vision.Headers;

/// <summary>Tells the format by the first bytes; file names and declared media types are not believed.</summary>
internal static class FormatSignature
{
    /// <exception cref="PictureException">None of the formats that are read.</exception>
    public static PictureFormat Of(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(PngHeader.Signature))
            return PictureFormat.Png;
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return PictureFormat.Jpeg;
        if (file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8))
            return PictureFormat.WebP;
        if (file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8))
            return PictureFormat.Gif;
        if (file.StartsWith("BM"u8))
            return PictureFormat.Bmp;
        throw new PictureException(file.IsEmpty
            ? "The picture file is empty."
            : $"The file is not a PNG, JPEG, WebP, GIF or BMP picture: it begins with {Convert.ToHexString(file[..Math.Min(8, file.Length)])}.");
    }
}
