namespace Troupe.Models.Vision.Decoding;

/// <summary>What the bytes of a decoded pixel are.</summary>
internal enum PixelLayout
{
    Gray,
    GrayAlpha,
    Rgb,
    Rgba,

    /// <summary>Full ink is 255.</summary>
    Cmyk,
}
