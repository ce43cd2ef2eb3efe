namespace Troupe.Models.Vision;

/// <summary>The kinds of picture file that are read.</summary>
public enum PictureFormat
{
    Png,
    Jpeg,
    WebP,

    /// <summary>The first frame counts.</summary>
    Gif,
    Bmp,
}
