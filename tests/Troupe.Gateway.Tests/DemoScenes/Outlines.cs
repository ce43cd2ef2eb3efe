namespace Troupe.Gateway.Tests.DemoScenes;

internal enum Outline
{
    Circle,
    Square,
    Triangle,
    Star,
    Diamond,
    Ring,
}

/// <summary>Outlines of radius 1 around the origin, y downwards.</summary>
internal static class Outlines
{
    private const double HalfSquare = 0.85;
    private const double Hole = 0.55;

    // Five tips at radius 1 and five notches at 0.45, written out: the drawing must not depend on a library's sine.
    private static readonly (double X, double Y)[] Star =
    [
        (0, -1), (0.2645, -0.3641), (0.9511, -0.3090), (0.4280, 0.1391), (0.5878, 0.8090),
        (0, 0.45), (-0.5878, 0.8090), (-0.4280, 0.1391), (-0.9511, -0.3090), (-0.2645, -0.3641),
    ];

    private static readonly (double X, double Y)[] Triangle = [(0, -0.85), (0.9, 0.75), (-0.9, 0.75)];

    public static bool Inside(Outline outline, double x, double y) => outline switch
    {
        Outline.Circle => x * x + y * y <= 1,
        Outline.Ring => x * x + y * y is <= 1 and >= Hole * Hole,
        Outline.Square => Math.Max(Math.Abs(x), Math.Abs(y)) <= HalfSquare,
        Outline.Diamond => Math.Abs(x) / 0.72 + Math.Abs(y) <= 1,
        Outline.Triangle => Inside(Triangle, x, y),
        Outline.Star => Inside(Star, x, y),
        _ => throw new ArgumentOutOfRangeException(nameof(outline), outline, "There is no such outline."),
    };

    // Even-odd rule: a ray to the right crosses the boundary an odd number of times.
    private static bool Inside((double X, double Y)[] corners, double x, double y)
    {
        var inside = false;
        for (var (i, j) = (0, corners.Length - 1); i < corners.Length; j = i++)
        {
            var (a, b) = (corners[i], corners[j]);
            if (a.Y > y != b.Y > y && x < (b.X - a.X) * (y - a.Y) / (b.Y - a.Y) + a.X)
                inside = !inside;
        }
        return inside;
    }
}
