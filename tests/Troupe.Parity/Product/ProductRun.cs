using Troupe.Models.Checkpoints;
using Troupe.Models.Decoders;
using Troupe.Models.Devices;
using Troupe.Models.Families;
using Troupe.Models.Operations;
using Troupe.Models.Vision;

namespace Troupe.Parity.Product;

/// <summary>Encoder and decoder of a checkpoint in one precision.</summary>
public sealed class ProductRun : IDisposable
{
    private readonly Lazy<IDecoder> _decoder;
    private readonly Lazy<IImageEncoder> _encoder;

    public ProductRun(Func<Checkpoint> checkpoint, string device, string dtype)
    {
        var opened = new Lazy<TorchDevice>(() => TorchRuntime.Open(new TorchOptions { Device = device, DType = dtype }));
        _decoder = new Lazy<IDecoder>(() => ModelFamilies.For(checkpoint()).CreateDecoder(checkpoint(), opened.Value));
        _encoder = new Lazy<IImageEncoder>(() => ModelFamilies.For(checkpoint()).CreateImageEncoder(checkpoint(), opened.Value)
            ?? throw new InvalidDataException("The model takes no pictures."));
    }

    public IDecoder Decoder => _decoder.Value;

    public IImageEncoder Encoder => _encoder.Value;

    /// <summary>Features of each picture, and what the probe saw.</summary>
    public IReadOnlyList<FeatureSet> Encode(IReadOnlyList<PreparedPicture> pictures, Observations seen) =>
        Probed(Encoder, seen, () => Encoder.Encode(pictures));

    /// <summary>Logits of every row of a prompt, and what the probe saw.</summary>
    public StepLogits Prefill(PreparedPrompt prompt, Observations seen)
    {
        using var cache = Decoder.CreateCache();
        return Probed(Decoder, seen, () => Decoder.Forward([prompt.Whole(cache, LogitRows.All)]));
    }

    /// <summary>Logits of every row of a prompt that is read in chunks of these lengths, one forward each.</summary>
    public float[] Prefill(PreparedPrompt prompt, IEnumerable<int> lengths)
    {
        using var cache = Decoder.CreateCache();
        return [.. lengths.SelectMany(length => Decoder.Forward([prompt.Chunk(cache, cache.Length, length, LogitRows.All)]).Values)];
    }

    /// <summary>Logits of the last row of each prompt, all prompts in one step.</summary>
    public StepLogits Prefill(IReadOnlyList<PreparedPrompt> prompts)
    {
        ISequenceCache[] caches = [.. prompts.Select(_ => Decoder.CreateCache())];
        try
        {
            return Decoder.Forward([.. prompts.Zip(caches, (prompt, cache) => prompt.Whole(cache, LogitRows.Last))]);
        }
        finally
        {
            foreach (var cache in caches)
                cache.Dispose();
        }
    }

    /// <summary>The logits from which each of these tokens is chosen: the prompt, then one token at a time with a cache.</summary>
    public IReadOnlyList<float[]> Follow(PreparedPrompt prompt, IReadOnlyList<int> tokens)
    {
        using var cache = Decoder.CreateCache();
        var rows = new List<float[]> { Decoder.Forward([prompt.Whole(cache, LogitRows.Last)]).Values };
        foreach (var token in tokens.SkipLast(1))
            rows.Add(Decoder.Forward([new SequenceChunk(cache, new[] { token }, [], LogitRows.Last)]).Values);
        return rows;
    }

    public void Dispose()
    {
        if (_decoder.IsValueCreated)
            _decoder.Value.Dispose();
        if (_encoder.IsValueCreated)
            _encoder.Value.Dispose();
    }

    private static T Probed<T>(object model, Observations seen, Func<T> forward)
    {
        var probed = (IProbed)model;
        probed.Probe = seen;
        try
        {
            return forward();
        }
        finally
        {
            probed.Probe = null;
        }
    }
}
