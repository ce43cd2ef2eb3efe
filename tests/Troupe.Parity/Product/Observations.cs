using System.Globalization;
using Troupe.Models.Operations;

namespace Troupe.Parity.Product;

/// <summary>What forward passes showed of themselves, by the names that the references use.</summary>
public sealed class Observations : IForwardProbe
{
    private const string DecoderLayer = "layer_";

    private readonly Dictionary<string, float[]> _values = new(StringComparer.Ordinal);

    public void Record(string name, int rows, int width, float[] values) => _values[name] = values;

    /// <exception cref="InvalidDataException">Nothing of this name was seen.</exception>
    public float[] this[string name] => _values.TryGetValue(ProductName(name), out var values)
        ? values
        : throw new InvalidDataException($"The forward pass shows nothing named '{name}'; it shows {string.Join(", ", _values.Keys)}.");

    /// <summary>Vision-language references call a decoder layer's output <c>layer_0</c>, the others <c>layer0.out</c>.</summary>
    private static string ProductName(string name) =>
        name.StartsWith(DecoderLayer, StringComparison.Ordinal) && int.TryParse(name.AsSpan(DecoderLayer.Length), CultureInfo.InvariantCulture, out var layer)
            ? $"layer{layer}.out"
            : name;
}
