using System.Runtime.InteropServices;
using System.Text.Json;
using Troupe.Engine.Sampling;
using Troupe.Models.Checkpoints;
using Troupe.Parity.Product;

namespace Troupe.Engine.Tests.Sampling;

/// <summary>Recorded logits, parameters and what the reference made of them.</summary>
internal sealed class SamplingGolden
{
    private readonly Dictionary<string, float[]> _tensors;

    private SamplingGolden()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Fixtures", "sampling");
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));
        Cases = [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(element => element.Clone())];
        using var tensors = SafetensorsFile.Open(Path.Combine(folder, "expected.safetensors"));
        _tensors = tensors.Tensors.ToDictionary(pair => pair.Key, pair => MemoryMarshal.Cast<byte, float>(pair.Value.Bytes).ToArray());
    }

    public static SamplingGolden Load { get; } = new();

    public IReadOnlyList<JsonElement> Cases { get; }

    public IEnumerable<JsonElement> OfKind(string kind) => Cases.Where(element => element.GetProperty("kind").GetString() == kind);

    public JsonElement Named(string name) => Cases.Single(element => element.GetProperty("name").GetString() == name);

    public float[] Tensor(JsonElement key) => _tensors[key.GetString()!];

    public static int[] Ids(JsonElement list) => [.. list.EnumerateArray().Select(id => id.GetInt32())];

    public static SamplingParameters Parameters(JsonElement parameters) => SamplingFields.Read(parameters, new SamplingParameters { Temperature = 1 });
}
