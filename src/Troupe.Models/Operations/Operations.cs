using Troupe.Models.Checkpoints;
using Troupe.Models.Decoders;

namespace Troupe.Models.Operations;

/// <summary>
/// The vocabulary that forward passes are written in. A forward is written once, over these; an implementation decides where and with
/// which kernels it runs. One thread at a time.
/// </summary>
public abstract class Operations : IDisposable
{
    /// <summary>Sees named intermediate rows of a forward pass; null, the default, costs nothing.</summary>
    public IForwardProbe? Probe { get; set; }

    /// <summary>Brings a stored tensor to the device, in the type in which it is computed with.</summary>
    public abstract Weight Load(StoredTensor stored);

    /// <summary>Opens a step: rows made until it is disposed are freed with it.</summary>
    public abstract IDisposable BeginStep();

    /// <summary>Opens a part of a step, a layer for example, so that its rows do not wait for the step's end to be freed.</summary>
    public abstract RowBlock BeginBlock();

    /// <summary>An empty cache for one sequence.</summary>
    public abstract ISequenceCache CreateCache(CacheShape shape);

    /// <summary>Rows of a tensor in plain memory (rows, width), in the type of computation.</summary>
    public abstract Rows FromHost(HostTensor tensor, int start, int count);

    /// <summary>All values of x in float32, row by row. The only read of a forward pass, and its last act: the meta device refuses what comes after it.</summary>
    public abstract float[] Read(Rows x);

    /// <summary>x in plain memory in the type of computation: how features leave an encoder. As much a last act as <see cref="Read"/>.</summary>
    public abstract HostTensor ToHost(Rows x);

    /// <summary>table (vocabulary, dim) at ids (rows): (rows, dim)</summary>
    public abstract Rows Embed(Weight table, ReadOnlySpan<int> ids);

    /// <summary>x with its rows from <paramref name="row"/> on replaced by <paramref name="replacement"/>.</summary>
    public abstract Rows Replace(Rows x, int row, Rows replacement);

    /// <summary>The rows of x at these indices, in this order.</summary>
    public abstract Rows Take(Rows x, ReadOnlySpan<int> rows);

    public abstract Rows Add(Rows x, Rows y);

    /// <summary>Root mean square norm in float32, rounded to the type of computation before the weight is applied (Zhang and Sennrich, 2019; rounding as the reference).</summary>
    public abstract Rows Norm(Rows x, Weight weight, float epsilon);

    /// <summary>Mean and variance norm with weight and bias (Ba et al., 2016).</summary>
    public abstract Rows LayerNorm(Rows x, Weight weight, Weight bias, float epsilon);

    /// <summary>x (rows, in) times weight (out, in ...) transposed, plus bias (out): (rows, out)</summary>
    public abstract Rows Linear(Rows x, Weight weight, Weight? bias = null);

    public abstract Rows Activate(Rows x, Activation activation);

    /// <summary>down(activation(gate x) * up x) (Shazeer, 2020)</summary>
    public abstract Rows GatedMlp(Rows x, GatedMlpWeights weights, Activation activation);

    /// <summary>Cosines and sines of each row's position for each of the head's frequencies, in float32 rounded to the type of computation.</summary>
    public abstract RotaryRows RotaryTable(ReadOnlySpan<float> inverseFrequencies, float scale, ReadOnlySpan<int> positions);

    /// <summary>Rotates pairs (i, i + headDim / 2) of each head of x (rows, heads * headDim) by its row's angles (Su et al., 2021; half-split form).</summary>
    public abstract Rows Rotary(Rows x, RotaryRows table, int headDim);

    /// <summary>
    /// Causal attention of each row over its own sequence: appends keys and values (rows, keyValueHeads * headDim) to the caches, then
    /// attends with queries (rows, heads * headDim). Softmax in float32.
    /// </summary>
    public abstract Rows Attend(Rows queries, Rows keys, Rows values, AttentionShape shape, int layer, Step step);

    /// <summary>
    /// Attention in both directions inside groups of equal size (tiles of a picture). A key whose flag in <paramref name="keyMask"/>
    /// (rows) is false is not attended to.
    /// </summary>
    public abstract Rows AttendWithin(Rows queries, Rows keys, Rows values, AttentionShape shape, int groups, ReadOnlySpan<bool> keyMask);

    /// <summary>Square grids of side <paramref name="side"/> (groups * side * side, dim) to (groups * (side / factor)^2, dim * factor^2): row in block, column in block, then channel.</summary>
    public abstract Rows PixelShuffle(Rows x, int side, int factor);

    /// <summary>Passes x on, showing it to the probe.</summary>
    public Rows Observe(string name, Rows x)
    {
        Probe?.Record(name, x.Count, x.Width, Read(x));
        return x;
    }

    /// <summary>Shows whole numbers, rows of <paramref name="width"/>, to the probe.</summary>
    public void Observe(string name, int width, ReadOnlySpan<int> values)
    {
        if (Probe is not { } probe)
            return;
        var shown = new float[values.Length];
        for (var i = 0; i < shown.Length; i++)
            shown[i] = values[i];
        probe.Record(name, values.Length / width, width, shown);
    }

    public abstract void Dispose();
}

/// <summary>Weights of a gated feed-forward block; biases may be absent.</summary>
public sealed record GatedMlpWeights(Weight Gate, Weight Up, Weight Down, Weight? GateBias = null, Weight? UpBias = null, Weight? DownBias = null);

/// <summary>Cosines and sines (rows, headDim), frequencies in both halves.</summary>
public sealed record RotaryRows(Rows Cosines, Rows Sines);

/// <summary>Looks at a forward pass from outside: the parity runner's eye.</summary>
public interface IForwardProbe
{
    void Record(string name, int rows, int width, float[] values);
}
