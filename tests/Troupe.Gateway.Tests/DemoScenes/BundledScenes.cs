namespace Troupe.Gateway.Tests.DemoScenes;

/// <summary>The pictures that come with the demo, and what is true of them.</summary>
internal static class BundledScenes
{
    public static IReadOnlyDictionary<string, Scene> All { get; } = new Dictionary<string, Scene>
    {
        ["shapes.png"] = new(Paint.White,
            new(Outline.Circle, Paint.Red, Size.Large, 0, 0),
            new(Outline.Star, Paint.Blue, Size.Small, 2, 0),
            new(Outline.Triangle, Paint.Green, Size.Large, 1, 1),
            new(Outline.Ring, Paint.Purple, Size.Large, 2, 2)),
        ["night.png"] = new(Paint.Dark,
            new(Outline.Star, Paint.Yellow, Size.Small, 1, 0),
            new(Outline.Diamond, Paint.Orange, Size.Large, 0, 1),
            new(Outline.Square, Paint.Blue, Size.Large, 2, 2)),
        ["sky.png"] = new(Paint.LightBlue,
            new(Outline.Circle, Paint.Yellow, Size.Large, 2, 0),
            new(Outline.Triangle, Paint.Red, Size.Small, 0, 2)),
    };
}
