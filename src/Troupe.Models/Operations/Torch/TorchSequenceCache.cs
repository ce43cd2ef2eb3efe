using Troupe.Models.Decoders;
using static TorchSharp.torch;

namespace Troupe.Models.Operations.Torch;

/// <summary>Keys and values of one sequence, one pair of tensors (keyValueHeads, capacity, headDim) a layer; capacity doubles as needed.</summary>
internal sealed class TorchSequenceCache : ISequenceCache
{
    private const int FirstCapacity = 64;

    private readonly CacheShape _shape;
    private readonly ScalarType _type;
    private readonly Device _device;
    private readonly Tensor?[] _keys, _values;
    private readonly int[] _lengths;

    public TorchSequenceCache(CacheShape shape, ScalarType type, Device device)
    {
        (_shape, _type, _device) = (shape, type, device);
        _keys = new Tensor?[shape.Layers];
        _values = new Tensor?[shape.Layers];
        _lengths = new int[shape.Layers];
    }

    public int Length => _lengths.Length == 0 ? 0 : _lengths[^1];

    /// <summary>Appends (rows, keyValueHeads * headDim) and returns everything held, each (keyValueHeads, positions, headDim).</summary>
    public (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values)
    {
        var rows = (int)keys.shape[0];
        var start = _lengths[layer];
        Reserve(layer, start + rows);
        Split(keys, rows, _keys[layer]!.narrow(1, start, rows));
        Split(values, rows, _values[layer]!.narrow(1, start, rows));
        _lengths[layer] = start + rows;
        return (_keys[layer]!.narrow(1, 0, start + rows), _values[layer]!.narrow(1, 0, start + rows));
    }

    public ISequenceCache Fork()
    {
        using var mode = inference_mode();
        var fork = new TorchSequenceCache(_shape, _type, _device);
        for (var layer = 0; layer < _lengths.Length; layer++)
        {
            fork._keys[layer] = _keys[layer]?.clone().DetachFromDisposeScope();
            fork._values[layer] = _values[layer]?.clone().DetachFromDisposeScope();
            fork._lengths[layer] = _lengths[layer];
        }
        return fork;
    }

    public void Dispose()
    {
        for (var layer = 0; layer < _lengths.Length; layer++)
        {
            _keys[layer]?.Dispose();
            _values[layer]?.Dispose();
            _keys[layer] = _values[layer] = null;
        }
    }

    private void Split(Tensor rows, int count, Tensor destination) =>
        destination.copy_(rows.view(count, _shape.KeyValueHeads, _shape.HeadDim).transpose(0, 1));

    private void Reserve(int layer, int length)
    {
        var capacity = (int)(_keys[layer]?.shape[1] ?? 0);
        if (capacity >= length)
            return;
        var larger = Math.Max(FirstCapacity, capacity);
        while (larger < length)
            larger *= 2;
        _keys[layer] = Grow(_keys[layer], _lengths[layer], larger);
        _values[layer] = Grow(_values[layer], _lengths[layer], larger);
    }

    private Tensor Grow(Tensor? held, int length, int capacity)
    {
        var grown = empty([_shape.KeyValueHeads, capacity, _shape.HeadDim], _type, _device).DetachFromDisposeScope();
        if (held is null)
            return grown;
        grown.narrow(1, 0, length).copy_(held.narrow(1, 0, length));
        held.Dispose();
        return grown;
    }
}
