namespace Troupe.Models.Vision.Headers;

internal static class PictureFormatName
{
    /// <summary>As people write it.</summary>
    public static string Name(this PictureFormat format) => format == PictureFormat.WebP ? "WebP" : format.ToString().ToUpperInvariant();
}
