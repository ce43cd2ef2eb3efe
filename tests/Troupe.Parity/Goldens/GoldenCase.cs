using System.Text.Json;

namespace Troupe.Parity.Goldens;

/// <summary>A case of expected.json with its tensors.</summary>
public sealed class GoldenCase : GoldenRecord
{
    private readonly Dictionary<string, JsonElement> _tensors;
    private readonly HashSet<string> _compared = new(StringComparer.Ordinal);

    public GoldenCase(GoldenFolder folder, JsonElement json) : base(json)
    {
        Folder = folder;
        Name = Text("name");
        Kind = Text("kind");
        _tensors = json.TryGetProperty("tensors", out var tensors)
            ? tensors.EnumerateObject().ToDictionary(tensor => tensor.Name, tensor => tensor.Value, StringComparer.Ordinal)
            : [];
    }

    public GoldenFolder Folder { get; }

    public string Name { get; }

    public string Kind { get; }

    /// <summary>Short names of the recorded tensors, in their order.</summary>
    public IEnumerable<string> TensorNames => _tensors.Keys;

    public override IEnumerable<string> Untouched => base.Untouched.Except(["tensors"]).Concat(_tensors.Keys.Where(name => !_compared.Contains(name)));

    /// <summary>Whether the reference ran in bfloat16.</summary>
    public bool IsBf16 => Optional("compute_dtype")?.GetString() == "bfloat16";

    public bool HasTensor(string name) => _tensors.ContainsKey(name);

    /// <summary>A recorded tensor; from now on it counts as compared.</summary>
    public GoldenTensor Tensor(string name)
    {
        _compared.Add(name);
        return _tensors.TryGetValue(name, out var entry)
            ? Folder.Tensor(entry.GetProperty("key").GetString()!)
            : throw new InvalidDataException($"{Name} has no tensor '{name}'.");
    }

    public override void StartOver()
    {
        base.StartOver();
        _compared.Clear();
    }

    /// <summary>The file of a picture that the case names.</summary>
    public byte[] Input(string file) => Folder.Input(file);
}
