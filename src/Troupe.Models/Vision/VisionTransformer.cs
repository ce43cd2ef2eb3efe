using Troupe.Models.Checkpoints;
using Troupe.Models.Operations;

namespace Troupe.Models.Vision;

/// <summary>Sizes of a SigLIP-style vision tower.</summary>
public sealed record VisionTransformerShape(int HiddenSize, int IntermediateSize, int Layers, int Heads, int Channels, int ImageSize, int PatchSize, string Activation, float LayerNormEpsilon)
{
    /// <summary>Patches along one side of a tile.</summary>
    public int Side => ImageSize / PatchSize;
}

/// <summary>A SigLIP-style vision tower (Zhai et al., 2023): patch embedding with bias, learned positions, pre-norm layers, no class token and no pooling.</summary>
public sealed class VisionTransformer
{
    private readonly VisionTransformerShape _shape;
    private readonly Operations.Operations _ops;
    private readonly AttentionShape _attention;
    private readonly Activation _activation;
    private readonly Weight _patch, _patchBias, _positions, _postNorm, _postNormBias;
    private readonly Layer[] _layers;

    public VisionTransformer(VisionTransformerShape shape, Operations.Operations ops, WeightLoader weights)
    {
        _shape = shape;
        _ops = ops;
        _attention = AttentionShape.Plain(shape.Heads, shape.Heads, shape.HiddenSize / shape.Heads);
        _activation = Activations.Parse(shape.Activation);
        _patch = weights.Load("embeddings.patch_embedding.weight", shape.HiddenSize, shape.Channels, shape.PatchSize, shape.PatchSize);
        _patchBias = weights.Load("embeddings.patch_embedding.bias", shape.HiddenSize);
        _positions = weights.Load("embeddings.position_embedding.weight", shape.Side * shape.Side, shape.HiddenSize);
        _layers = [.. Enumerable.Range(0, shape.Layers).Select(n => Layer.Load(shape, weights.Under($"encoder.layers.{n}.")))];
        _postNorm = weights.Load("post_layernorm.weight", shape.HiddenSize);
        _postNormBias = weights.Load("post_layernorm.bias", shape.HiddenSize);
    }

    /// <param name="patches">(tiles * patches, channels * patchSize * patchSize), channel-major inside a patch</param>
    /// <param name="positionIds">(tiles * patches) rows of the position table</param>
    /// <param name="realPatches">(tiles * patches) false where a patch is padding: it is not attended to, yet yields a row</param>
    /// <param name="tiles">Number of tiles.</param>
    /// <returns>(tiles * patches, dim)</returns>
    public Rows Forward(HostTensor patches, ReadOnlySpan<int> positionIds, ReadOnlySpan<bool> realPatches, int tiles)
    {
        var pixels = _ops.FromHost(patches, 0, (int)patches.Shape[0]);
        var x = _ops.Add(_ops.Linear(pixels, _patch, _patchBias), _ops.Embed(_positions, positionIds));
        _ops.Observe("vision_embeddings", x);
        for (var layer = 0; layer < _layers.Length; layer++)
            x = _ops.Observe($"vision_layer_{layer}", Encode(_layers[layer], x, realPatches, tiles));
        return _ops.Observe("vision_output", _ops.LayerNorm(x, _postNorm, _postNormBias, _shape.LayerNormEpsilon));
    }

    private Rows Encode(Layer weights, Rows input, ReadOnlySpan<bool> realPatches, int tiles)         // input (tiles * patches, dim)
    {
        using var block = _ops.BeginBlock();
        var normed = _ops.LayerNorm(input, weights.Norm1, weights.Norm1Bias, _shape.LayerNormEpsilon);
        var attended = _ops.AttendWithin(
            _ops.Linear(normed, weights.Query, weights.QueryBias),
            _ops.Linear(normed, weights.Key, weights.KeyBias),
            _ops.Linear(normed, weights.Value, weights.ValueBias),
            _attention, tiles, realPatches);                                                          // (tiles * patches, dim)
        var x = _ops.Add(input, _ops.Linear(attended, weights.Output, weights.OutputBias));
        normed = _ops.LayerNorm(x, weights.Norm2, weights.Norm2Bias, _shape.LayerNormEpsilon);
        var inner = _ops.Activate(_ops.Linear(normed, weights.Up, weights.UpBias), _activation);      // (tiles * patches, inner)
        return block.Keep(_ops.Add(x, _ops.Linear(inner, weights.Down, weights.DownBias)), replaced: input);
    }

    private sealed record Layer(
        Weight Norm1, Weight Norm1Bias, Weight Norm2, Weight Norm2Bias,
        Weight Query, Weight QueryBias, Weight Key, Weight KeyBias, Weight Value, Weight ValueBias, Weight Output, Weight OutputBias,
        Weight Up, Weight UpBias, Weight Down, Weight DownBias)
    {
        public static Layer Load(VisionTransformerShape shape, WeightLoader weights)
        {
            int dim = shape.HiddenSize, inner = shape.IntermediateSize;
            return new Layer(
                weights.Load("layer_norm1.weight", dim), weights.Load("layer_norm1.bias", dim),
                weights.Load("layer_norm2.weight", dim), weights.Load("layer_norm2.bias", dim),
                weights.Load("self_attn.q_proj.weight", dim, dim), weights.Load("self_attn.q_proj.bias", dim),
                weights.Load("self_attn.k_proj.weight", dim, dim), weights.Load("self_attn.k_proj.bias", dim),
                weights.Load("self_attn.v_proj.weight", dim, dim), weights.Load("self_attn.v_proj.bias", dim),
                weights.Load("self_attn.out_proj.weight", dim, dim), weights.Load("self_attn.out_proj.bias", dim),
                weights.Load("mlp.fc1.weight", inner, dim), weights.Load("mlp.fc1.bias", inner),
                weights.Load("mlp.fc2.weight", dim, inner), weights.Load("mlp.fc2.bias", dim));
        }
    }
}
