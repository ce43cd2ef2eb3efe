namespace Troupe.Models.Vision.Headers;

/// <summary>Colour types; the numbers are the format's.</summary>
internal enum PngColor : byte
{
    Gray = 0,
    Rgb = 2,
    Palette = 3,
    GrayAlpha = 4,
    Rgba = 6,
}
