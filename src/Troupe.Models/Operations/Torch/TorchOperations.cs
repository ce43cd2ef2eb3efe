using System.Runtime.InteropServices;
using Troupe.Models.Checkpoints;
using Troupe.Models.Decoders;
using Troupe.Models.Devices;
using static TorchSharp.torch;

namespace Troupe.Models.Operations.Torch;

/// <summary>The operations on libtorch: any device, any type, rounding where the reference rounds.</summary>
public sealed class TorchOperations(TorchDevice device, ScalarType type) : Operations
{
    private readonly Device _device = device.Device;
    private readonly List<Tensor> _weights = [];
    private bool _readBack;

    public override Weight Load(StoredTensor stored)
    {
        using var mode = inference_mode();
        var tensor = TorchTensors.Load(stored, _device, type).DetachFromDisposeScope();
        _weights.Add(tensor);
        return new TorchWeight(tensor);
    }

    public override IDisposable BeginStep()
    {
        _readBack = false;
        return new TorchStep();
    }

    public override RowBlock BeginBlock() => new TorchBlock();

    public override ISequenceCache CreateCache(CacheShape shape) => new TorchSequenceCache(shape, type, _device);

    public override Rows FromHost(HostTensor tensor, int start, int count) => New(TorchTensors.FromHost(tensor, start, count).to(type).to(_device));

    public override float[] Read(Rows x) => MemoryMarshal.Cast<byte, float>(Host(Of(x).to(ScalarType.Float32)).bytes).ToArray();

    public override HostTensor ToHost(Rows x) => new(TorchTensors.TypeOf(type), [x.Count, x.Width], Host(Of(x)).bytes.ToArray());

    public override Rows Embed(Weight table, ReadOnlySpan<int> ids) => New(Select(Of(table), ids));

    public override Rows Replace(Rows x, int row, Rows replacement)
    {
        var result = Of(x).clone();
        result.narrow(0, row, replacement.Count).copy_(Of(replacement));
        return New(result);
    }

    public override Rows Take(Rows x, ReadOnlySpan<int> rows) => New(Select(Of(x), rows));

    public override Rows Add(Rows x, Rows y) => New(Of(x).add(Of(y)));

    public override Rows Norm(Rows x, Weight weight, float epsilon)
    {
        var wide = Of(x).to(ScalarType.Float32);
        var inverse = wide.mul(wide).mean([-1], keepdim: true).Plus(epsilon).rsqrt();       // (rows, 1)
        return New(wide.mul(inverse).to(type).mul(Of(weight)));
    }

    public override Rows LayerNorm(Rows x, Weight weight, Weight bias, float epsilon) =>
        New(device.IsMeta
            ? Of(x).sub(Of(x).mean([-1], keepdim: true)).mul(Of(weight)).add(Of(bias))    // the same operands; the fused one is not known there
            : nn.functional.layer_norm(Of(x), [x.Width], Of(weight), Of(bias), epsilon));

    public override Rows Linear(Rows x, Weight weight, Weight? bias = null) => New(Linear(Of(x), weight, bias));

    public override Rows Activate(Rows x, Activation activation) => New(Activate(Of(x), activation));

    public override Rows GatedMlp(Rows x, GatedMlpWeights weights, Activation activation)
    {
        var gate = Activate(Linear(Of(x), weights.Gate, weights.GateBias), activation);    // (rows, inner)
        var up = Linear(Of(x), weights.Up, weights.UpBias);                                // (rows, inner)
        return New(Linear(gate.mul(up), weights.Down, weights.DownBias));
    }

    public override RotaryRows RotaryTable(ReadOnlySpan<float> inverseFrequencies, float scale, ReadOnlySpan<int> positions)
    {
        var angles = outer(Indices(positions).to(ScalarType.Float32), OnDevice(tensor(inverseFrequencies.ToArray(), ScalarType.Float32).to(_device)));
        var both = cat([angles, angles], 1);                                               // (rows, headDim)
        return new RotaryRows(New(both.cos().Times(scale).to(type)), New(both.sin().Times(scale).to(type)));
    }

    public override Rows Rotary(Rows x, RotaryRows table, int headDim)
    {
        var heads = Of(x).view(x.Count, -1, headDim);                                      // (rows, heads, headDim)
        var half = headDim / 2;
        var turned = cat([heads.narrow(2, half, half).neg(), heads.narrow(2, 0, half)], 2);
        var rotated = heads.mul(Of(table.Cosines).unsqueeze(1)).add(turned.mul(Of(table.Sines).unsqueeze(1)));
        return New(rotated.view(x.Count, x.Width));
    }

    public override Rows Attend(Rows queries, Rows keys, Rows values, AttentionShape shape, int layer, Step step) =>
        New(TorchAttention.Causal(Of(queries), Of(keys), Of(values), shape, layer, step));

    public override Rows AttendWithin(Rows queries, Rows keys, Rows values, AttentionShape shape, int groups, ReadOnlySpan<bool> keyMask)
    {
        var hidden = keyMask.Contains(false) ? OnDevice(tensor(keyMask.ToArray(), ScalarType.Bool).logical_not().to(_device)) : null;  // (rows)
        return New(TorchAttention.Within(Of(queries), Of(keys), Of(values), shape, groups, hidden));
    }

    public override Rows PixelShuffle(Rows x, int side, int factor)
    {
        var small = side / factor;
        var blocks = Of(x).view(-1, small, factor, small, factor, x.Width);                // (groups, rows, row in block, columns, column in block, dim)
        return New(blocks.permute(0, 1, 3, 2, 4, 5).reshape(-1, factor * factor * x.Width));
    }

    public override void Dispose()
    {
        foreach (var weight in _weights)
            weight.Dispose();
        _weights.Clear();
    }

    private Tensor Linear(Tensor x, Weight weight, Weight? bias)
    {
        var matrix = Of(weight);
        if (matrix.dim() > 2)
            matrix = matrix.flatten(1);                                                    // a convolution over its own window
        return nn.functional.linear(x, matrix, bias is null ? null : Of(bias));
    }

    private static Tensor Activate(Tensor x, Activation activation) => activation switch
    {
        Activation.Silu => nn.functional.silu(x),
        Activation.Gelu => x.gelu(),
        Activation.GeluTanh => x.gelu(TorchSharp.Modules.GELU.Approximate.tanh),
        Activation.QuickGelu => x.mul(x.Times(1.702).sigmoid()),
        Activation.Relu => x.relu(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, null),
    };

    private Tensor Host(Tensor tensor)
    {
        if (!device.IsMeta)
            return tensor.cpu().contiguous();
        _readBack = true;
        return zeros(tensor.shape, tensor.dtype);
    }

    /// <summary>Not index_select, which the meta device does not know.</summary>
    private Tensor Select(Tensor x, ReadOnlySpan<int> rows) => x.index(TensorIndex.Tensor(Indices(rows)));

    private Tensor Indices(ReadOnlySpan<int> values) => OnDevice(tensor(values.ToArray(), ScalarType.Int32).to(_device));

    private TorchRows New(Tensor tensor) => new(OnDevice(tensor));

    private Tensor Of(Rows rows) => OnDevice(((TorchRows)rows).Tensor);

    private Tensor Of(Weight weight) => OnDevice(((TorchWeight)weight).Tensor);

    /// <summary>Every operand and every result passes here: one on another device is a mistake that libtorch does not always report.</summary>
    private Tensor OnDevice(Tensor tensor)
    {
        if (tensor.device_type != _device.type)
            throw new InvalidOperationException($"An operand is on {tensor.device_type}, the operation on {_device.type}.");
        // Reading waits for the device; whoever goes on afterwards has read in the middle.
        return _readBack
            ? throw new InvalidOperationException("A forward pass went on after a value was read back; it must read once, at its end.")
            : tensor;
    }
}
