namespace Troupe.Models.Vision.Resizing;

/// <summary>How pixels are weighed when a picture is resized; the numbers are those of <c>resample</c> in picture settings.</summary>
public enum ResampleFilter
{
    Nearest = 0,
    Lanczos = 1,
    Bilinear = 2,
    Bicubic = 3,
    Box = 4,
    Hamming = 5,
}
