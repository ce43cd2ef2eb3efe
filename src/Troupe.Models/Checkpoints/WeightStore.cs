using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Troupe.Models.Checkpoints;

/// <summary>All tensors of a checkpoint folder: <c>model.safetensors</c>, or the shards that <c>model.safetensors.index.json</c> names.</summary>
public sealed class WeightStore : IDisposable
{
    private const string SingleFile = "model.safetensors";
    private const string IndexFile = "model.safetensors.index.json";

    private readonly List<SafetensorsFile> _files = [];
    private readonly Dictionary<string, StoredTensor> _tensors = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _taken = new(StringComparer.Ordinal);

    private WeightStore()
    {
    }

    public IReadOnlyDictionary<string, StoredTensor> Tensors => _tensors;

    /// <summary>
    /// Tensors that no model has taken so far, by name. Once every part that runs here is built, these are what the reference calls
    /// unexpected: reported, not an error. A silo that runs one tower alone finds the others' weights among them.
    /// </summary>
    public IReadOnlyList<StoredTensor> Unused =>
        [.. _tensors.Values.Where(tensor => !_taken.ContainsKey(tensor.Name)).OrderBy(tensor => tensor.Name, StringComparer.Ordinal)];

    /// <summary>Names of the weight files of a folder, index included; empty when it has none.</summary>
    public static IReadOnlyList<string> FileNames(string folder) =>
        File.Exists(Path.Combine(folder, SingleFile)) ? [SingleFile]
        : File.Exists(Path.Combine(folder, IndexFile)) ? [IndexFile, .. ReadIndex(folder).Values.Distinct().Order(StringComparer.Ordinal)]
        : [];

    /// <summary>A tensor for a model, which is then no longer <see cref="Unused"/>.</summary>
    public bool TryTake(string name, [NotNullWhen(true)] out StoredTensor? tensor)
    {
        if (!_tensors.TryGetValue(name, out tensor))
            return false;
        _taken[name] = true;
        return true;
    }

    /// <exception cref="CheckpointException">No weights, a missing shard, or a tensor that is not where the index says.</exception>
    public static WeightStore Open(string folder)
    {
        var store = new WeightStore();
        try
        {
            if (File.Exists(Path.Combine(folder, SingleFile)))
                store.Add(folder, SingleFile, null);
            else if (File.Exists(Path.Combine(folder, IndexFile)))
                foreach (var shard in ReadIndex(folder).GroupBy(pair => pair.Value, pair => pair.Key))
                    store.Add(folder, shard.Key, shard);
            else
                throw new CheckpointException($"{folder}: there is neither {SingleFile} nor {IndexFile}; weights in another form must be saved as safetensors first.");
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var file in _files)
            file.Dispose();
    }

    private void Add(string folder, string name, IEnumerable<string>? tensors)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            throw new CheckpointException($"{folder}: {IndexFile} names the shard {name}, which is not there.");
        var file = SafetensorsFile.Open(path);
        _files.Add(file);
        foreach (var tensor in tensors ?? file.Tensors.Keys)
            _tensors[tensor] = file.Tensors.GetValueOrDefault(tensor)
                ?? throw new CheckpointException($"{folder}: {IndexFile} places tensor '{tensor}' in {name}, which does not hold it.");
    }

    private static Dictionary<string, string> ReadIndex(string folder)
    {
        try
        {
            using var json = JsonDocument.Parse(CheckpointFiles.Read(Path.Combine(folder, IndexFile)));
            var map = json.RootElement.GetProperty("weight_map").EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString() ?? "");
            foreach (var shard in map.Values)
                if (shard.Length == 0 || shard != Path.GetFileName(shard))
                    throw new CheckpointException($"{folder}: {IndexFile} names the shard '{shard}'; a shard is a file of the same folder.");
            return map;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new CheckpointException($"{folder}: {IndexFile} is not an index of weights: {e.Message}", e);
        }
    }
}
