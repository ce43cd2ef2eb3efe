namespace Troupe.Models.Vision.Headers;

/// <summary>The first frame of a GIF file and where it lies on the picture.</summary>
/// <param name="Width">Of the picture.</param>
/// <param name="Height">Of the picture.</param>
/// <param name="Palette">Offset and length of the RGB colours in the file; null when there are none, and an index is a gray.</param>
/// <param name="Transparent">Index that is transparent.</param>
/// <param name="DataOffset">Where the code size and the packed pixels begin.</param>
internal sealed record GifFrame(
    int Width, int Height, int Left, int Top, int FrameWidth, int FrameHeight, bool Interlaced, (int Offset, int Length)? Palette, int? Transparent, int DataOffset);
