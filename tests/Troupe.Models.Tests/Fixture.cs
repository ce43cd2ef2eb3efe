namespace Troupe.Models.Tests;

/// <summary>Checkpoints small enough to lie beside the tests.</summary>
internal static class Fixture
{
    public static string Model(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", "models", name);
}
