using Troupe.Models.Vision;

namespace Troupe.Gateway.Tests.DemoScenes;

/// <summary>Colours that the bundled model knows by name.</summary>
internal static class Paint
{
    public static readonly RgbColor Red = new(220, 46, 42);
    public static readonly RgbColor Green = new(45, 172, 102);
    public static readonly RgbColor Blue = new(44, 100, 250);
    public static readonly RgbColor Yellow = new(252, 212, 22);
    public static readonly RgbColor Orange = new(240, 118, 18);
    public static readonly RgbColor Purple = new(130, 66, 178);

    public static readonly RgbColor White = new(255, 252, 255);
    public static readonly RgbColor Cream = new(245, 242, 221);
    public static readonly RgbColor LightBlue = new(207, 230, 250);
    public static readonly RgbColor Dark = new(49, 61, 70);
}
