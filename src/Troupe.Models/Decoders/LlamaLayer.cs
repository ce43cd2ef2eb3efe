using Troupe.Models.Operations;

namespace Troupe.Models.Decoders;

/// <summary>Weights of one layer, under the names of Llama checkpoints.</summary>
internal sealed record LlamaLayer(
    Weight InputNorm, Weight PostAttentionNorm,
    Weight Query, Weight Key, Weight Value, Weight Output,
    Weight? QueryBias, Weight? KeyBias, Weight? ValueBias, Weight? OutputBias,
    GatedMlpWeights Mlp)
{
    public static LlamaLayer Load(LlamaConfig config, WeightLoader weights)
    {
        int dim = config.HiddenSize, inner = config.IntermediateSize;
        int queries = config.Heads * config.HeadDim, keys = config.KeyValueHeads * config.HeadDim;
        Weight? Bias(bool present, string name, int size) => present ? weights.Load(name, size) : null;
        return new LlamaLayer(
            weights.Load("input_layernorm.weight", dim),
            weights.Load("post_attention_layernorm.weight", dim),
            weights.Load("self_attn.q_proj.weight", queries, dim),
            weights.Load("self_attn.k_proj.weight", keys, dim),
            weights.Load("self_attn.v_proj.weight", keys, dim),
            weights.Load("self_attn.o_proj.weight", dim, queries),
            Bias(config.AttentionBias, "self_attn.q_proj.bias", queries),
            Bias(config.AttentionBias, "self_attn.k_proj.bias", keys),
            Bias(config.AttentionBias, "self_attn.v_proj.bias", keys),
            Bias(config.AttentionBias, "self_attn.o_proj.bias", dim),
            new GatedMlpWeights(
                weights.Load("mlp.gate_proj.weight", inner, dim),
                weights.Load("mlp.up_proj.weight", inner, dim),
                weights.Load("mlp.down_proj.weight", dim, inner),
                Bias(config.MlpBias, "mlp.gate_proj.bias", inner),
                Bias(config.MlpBias, "mlp.up_proj.bias", inner),
                Bias(config.MlpBias, "mlp.down_proj.bias", dim)));
    }
}
