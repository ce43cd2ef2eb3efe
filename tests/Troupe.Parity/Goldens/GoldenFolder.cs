using System.Text.Json;
using Troupe.Models.Checkpoints;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Goldens;

/// <summary>A folder of recorded cases.</summary>
public sealed class GoldenFolder : IDisposable
{
    private readonly SafetensorsFile? _tensors;
    private readonly string _path;

    private GoldenFolder(string path, JsonElement root, string? model)
    {
        _path = path;
        Name = System.IO.Path.GetFileName(path);
        Root = new GoldenRecord(root);
        ModelDirectory = model ?? FindModel();
        Tolerances = Tolerances.From(Root.Optional("suggested_tolerance"));
        var tensors = System.IO.Path.Combine(path, "expected.safetensors");
        _tensors = File.Exists(tensors) ? SafetensorsFile.Open(tensors) : null;
        var listed = root.TryGetProperty("cases", out var cases) ? cases.EnumerateArray().AsEnumerable() : [];
        Cases = [.. listed.Concat(MoreCases.Beside(path, root)).Select(element => new GoldenCase(this, element))];
    }

    public string Name { get; }

    /// <summary>What expected.json says of the whole folder.</summary>
    public GoldenRecord Root { get; }

    /// <summary>The checkpoint that the cases are about; null for cases without one.</summary>
    public string? ModelDirectory { get; }

    public Tolerances Tolerances { get; }

    public IReadOnlyList<GoldenCase> Cases { get; }

    /// <param name="path">The folder with expected.json.</param>
    /// <param name="model">The checkpoint folder, when it is given.</param>
    public static GoldenFolder Open(string path, string? model = null)
    {
        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        var file = System.IO.Path.Combine(path, "expected.json");
        if (!File.Exists(file))
            throw new InvalidDataException($"{path}: there is no expected.json.");
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var folder = new GoldenFolder(path, document.RootElement.Clone(), model);
        return folder.Cases.Count > 0 ? folder : throw new InvalidDataException($"{file}: there are no cases.");
    }

    public GoldenCase Case(string name) => Cases.SingleOrDefault(one => one.Name == name) ?? throw new InvalidDataException($"{Name} has no case '{name}'.");

    public GoldenTensor Tensor(string key) =>
        _tensors?.Tensors.TryGetValue(key, out var stored) == true
            ? GoldenTensor.From(stored)
            : throw new InvalidDataException($"{Name}: expected.safetensors has no tensor '{key}'.");

    public byte[] Input(string file)
    {
        var path = System.IO.Path.Combine(_path, "inputs", file);
        return File.ReadAllBytes(File.Exists(path) ? path : System.IO.Path.Combine(_path, file));
    }

    public void Dispose() => _tensors?.Dispose();

    private string? FindModel()
    {
        if (File.Exists(System.IO.Path.Combine(_path, "config.json")))
            return _path;
        if ((Root.Optional("checkpoint") ?? Root.Optional("model"))?.GetString() is not { } name)
            return null;
        return System.IO.Path.GetFullPath(System.IO.Path.Combine(_path, "..", "..", "models", System.IO.Path.GetFileName(name)));
    }
}
