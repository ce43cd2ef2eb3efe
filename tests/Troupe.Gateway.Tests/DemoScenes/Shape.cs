using Troupe.Models.Vision;

namespace Troupe.Gateway.Tests.DemoScenes;

/// <param name="Kind">Its outline.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Size">Large or small.</param>
/// <param name="Column">0 to 2, from the left.</param>
/// <param name="Row">0 to 2, from the top.</param>
internal sealed record Shape(Outline Kind, RgbColor Color, Size Size, int Column, int Row)
{
    private const double Cell = Scene.Side / 3.0;

    public bool Covers(double x, double y)
    {
        var radius = Size == Size.Large ? 19.0 : 10.5;
        return Outlines.Inside(Kind, (x - (Column + 0.5) * Cell) / radius, (y - (Row + 0.5) * Cell) / radius);
    }
}

internal enum Size
{
    Small,
    Large,
}
