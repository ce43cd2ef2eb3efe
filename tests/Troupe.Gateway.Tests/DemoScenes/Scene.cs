using Troupe.Models.Vision;

namespace Troupe.Gateway.Tests.DemoScenes;

/// <summary>A drawing as the bundled model knows them: shapes on a 3 x 3 grid over a plain background.</summary>
internal sealed record Scene(RgbColor Background, params Shape[] Shapes)
{
    public const int Side = 128;

    // Every pixel is the mean of 2 x 2 points.
    private static readonly double[] Offsets = [0.25, 0.75];

    /// <returns>RGB bytes, row by row.</returns>
    public byte[] Draw()
    {
        var pixels = new byte[Side * Side * 3];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                RgbColor[] points = [.. from dy in Offsets from dx in Offsets select At(x + dx, y + dy)];
                var at = (y * Side + x) * 3;
                pixels[at] = Mean(points.Sum(point => point.Red));
                pixels[at + 1] = Mean(points.Sum(point => point.Green));
                pixels[at + 2] = Mean(points.Sum(point => point.Blue));
            }
        }
        return pixels;
    }

    private RgbColor At(double x, double y) => Shapes.LastOrDefault(shape => shape.Covers(x, y))?.Color ?? Background;

    private static byte Mean(int sum) => (byte)((sum + 2) / 4);
}
