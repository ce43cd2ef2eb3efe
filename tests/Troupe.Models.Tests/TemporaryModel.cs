using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using Troupe.Models.Checkpoints;

namespace Troupe.Models.Tests;

/// <summary>A changed copy of a checkpoint, in a folder that goes with it.</summary>
internal sealed class TemporaryModel : IDisposable
{
    private TemporaryModel() => Directory = System.IO.Directory.CreateTempSubdirectory("troupe-model-").FullName;

    public string Directory { get; }

    public static TemporaryModel CopyOf(string model)
    {
        var copy = new TemporaryModel();
        foreach (var file in System.IO.Directory.GetFiles(Fixture.Model(model)))
            File.Copy(file, Path.Combine(copy.Directory, Path.GetFileName(file)));
        return copy;
    }

    public Checkpoint Open() => Checkpoint.Open(Directory);

    public TemporaryModel Without(string file)
    {
        File.Delete(Path.Combine(Directory, file));
        return this;
    }

    public TemporaryModel With(string file, Action<JsonObject> change)
    {
        var path = Path.Combine(Directory, file);
        var json = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
        change(json);
        File.WriteAllText(path, json.ToJsonString());
        return this;
    }

    /// <summary>Weights under other names; those renamed to null are left out.</summary>
    public TemporaryModel Renaming(Func<string, string?> rename)
    {
        var path = Path.Combine(Directory, "model.safetensors");
        byte[] changed;
        using (var file = SafetensorsFile.Open(path))
            changed = Write(file.Tensors.Values.Select(tensor => (Name: rename(tensor.Name), Tensor: tensor)).Where(pair => pair.Name is not null).ToArray()!);
        File.WriteAllBytes(path, changed);
        return this;
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    private static byte[] Write((string Name, StoredTensor Tensor)[] tensors)
    {
        var header = new JsonObject();
        long end = 0;
        foreach (var (name, tensor) in tensors)
            header[name] = new JsonObject
            {
                ["dtype"] = tensor.Type.ToString(),
                ["shape"] = JsonSerializer.SerializeToNode(tensor.Shape),
                ["data_offsets"] = new JsonArray(end, end += tensor.ByteLength),
            };
        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. tensors.SelectMany(pair => pair.Tensor.Bytes.ToArray())];
    }
}
