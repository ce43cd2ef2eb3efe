using Troupe.Models.Families;

namespace Troupe.Models.Vision.Idefics3;

/// <summary>How a picture is cut; known from its size alone.</summary>
/// <param name="Resized">After the first resize, to the longest edge.</param>
/// <param name="Tiling">After the second: what is cut. One tile when the picture is not split.</param>
/// <param name="Rows">Of tiles; 0 when the picture is not split.</param>
/// <param name="Columns">Of tiles; 0 when the picture is not split.</param>
public sealed record TileGrid(PictureSize Resized, PictureSize Tiling, int Rows, int Columns)
{
    public bool IsSplit => Rows > 0;

    /// <summary>Tiles, the one with the whole picture included.</summary>
    public int Tiles => Rows * Columns + 1;
}
