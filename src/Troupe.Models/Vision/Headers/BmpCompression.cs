namespace Troupe.Models.Vision.Headers;

/// <summary>How the pixels of a BMP file are stored; the numbers are the format's.</summary>
internal enum BmpCompression : uint
{
    None = 0,
    Rle8 = 1,
    Rle4 = 2,
    BitFields = 3,
}
