using Troupe.Models.Checkpoints;
using Troupe.Models.Devices;
using Troupe.Models.Operations.Torch;

namespace Troupe.Models.Operations;

/// <summary>
/// Hands a model its weights by name and shape. Mistakes are collected while a model is built and reported together; only what a model
/// asks for is read, so a vision silo never touches the decoder's weights.
/// </summary>
public sealed class WeightLoader
{
    private readonly WeightStore _weights;
    private readonly string _prefix;
    private readonly List<string> _problems;

    private WeightLoader(WeightStore weights, Operations operations, string prefix, List<string> problems) =>
        (_weights, Operations, _prefix, _problems) = (weights, operations, prefix, problems);

    /// <summary>Where the weights are brought.</summary>
    public Operations Operations { get; }

    /// <summary>Builds a model over a checkpoint's weights on a device.</summary>
    /// <exception cref="CheckpointException">Tensors are missing or have another shape (the message lists all of them), or config.json asks for what is not supported.</exception>
    public static T Load<T>(Checkpoint checkpoint, TorchDevice device, Func<WeightLoader, T> build) where T : IDisposable
    {
        var weights = checkpoint.Weights;
        var operations = new TorchOperations(device, device.ComputeType(TorchTensors.ScalarTypeOf(weights.Tensors.Values)));
        try
        {
            var loader = new WeightLoader(weights, operations, "", []);
            var model = build(loader);
            return loader._problems.Count == 0
                ? model
                : throw new CheckpointException($"{checkpoint.Directory}: the weights do not fit config.json:\n  {string.Join("\n  ", loader._problems)}");
        }
        catch (Exception e)
        {
            operations.Dispose();
            if (e is NotSupportedException)
                throw new CheckpointException($"{checkpoint.Directory}: {e.Message}", e);
            throw;
        }
    }

    /// <summary>The same weights with a prefix before every name.</summary>
    public WeightLoader Under(string prefix) => new(_weights, Operations, _prefix + prefix, _problems);

    /// <summary>The same weights under the first of these prefixes that a name begins with: a model saved alone or inside another. The first one when none is there.</summary>
    public WeightLoader UnderFirst(params ReadOnlySpan<string> prefixes)
    {
        foreach (var prefix in prefixes)
            if (_weights.Tensors.Keys.Any(name => name.StartsWith(_prefix + prefix, StringComparison.Ordinal)))
                return Under(prefix);
        return Under(prefixes[0]);
    }

    /// <summary>A weight that must be there in this shape.</summary>
    public Weight Load(string name, params ReadOnlySpan<long> shape) => Find(name, shape, required: true)!;

    /// <summary>A weight that may be absent.</summary>
    public Weight? LoadOptional(string name, params ReadOnlySpan<long> shape) => Find(name, shape, required: false);

    private Weight? Find(string name, ReadOnlySpan<long> shape, bool required)
    {
        var full = _prefix + name;
        if (!_weights.TryTake(full, out var stored))
        {
            if (required)
                _problems.Add($"{full} {StoredTensor.Describe(shape.ToArray())} is missing");
            return null;
        }
        if (!shape.SequenceEqual(stored.Shape))
        {
            _problems.Add($"{full} has shape {StoredTensor.Describe(stored.Shape)}, {StoredTensor.Describe(shape.ToArray())} was expected");
            return null;
        }
        return _problems.Count == 0 ? Operations.Load(stored) : null;
    }
}
