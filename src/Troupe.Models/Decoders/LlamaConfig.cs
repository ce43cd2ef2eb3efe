using Troupe.Models.Checkpoints;

namespace Troupe.Models.Decoders;

/// <summary>Sizes and switches of a Llama decoder, with the reference's defaults.</summary>
public sealed record LlamaConfig
{
    public required int VocabularySize { get; init; }
    public required int HiddenSize { get; init; }
    public required int IntermediateSize { get; init; }
    public required int Layers { get; init; }
    public required int Heads { get; init; }
    public required int KeyValueHeads { get; init; }
    public required int HeadDim { get; init; }
    public required float RmsNormEpsilon { get; init; }
    public required int MaxPositions { get; init; }
    public required string HiddenActivation { get; init; }
    public required bool AttentionBias { get; init; }
    public required bool MlpBias { get; init; }
    public required bool TieWordEmbeddings { get; init; }
    public required RopeParameters Rope { get; init; }

    /// <exception cref="CheckpointException">A value is of the wrong kind, or sizes do not fit together.</exception>
    public static LlamaConfig From(ConfigSection config)
    {
        var hidden = config.Int("hidden_size", 4096);
        var heads = config.Int("num_attention_heads", 32);
        var maxPositions = config.Int("max_position_embeddings", 2048);
        var llama = new LlamaConfig
        {
            VocabularySize = config.Int("vocab_size", 32_000),
            HiddenSize = hidden,
            IntermediateSize = config.Int("intermediate_size", 11_008),
            Layers = config.Int("num_hidden_layers", 32),
            Heads = heads,
            KeyValueHeads = config.Int("num_key_value_heads", heads),
            HeadDim = config.Int("head_dim", hidden / Math.Max(1, heads)),
            RmsNormEpsilon = config.Float("rms_norm_eps", 1e-6f),
            MaxPositions = maxPositions,
            HiddenActivation = config.String("hidden_act", "silu"),
            AttentionBias = config.Bool("attention_bias", false),
            MlpBias = config.Bool("mlp_bias", false),
            TieWordEmbeddings = config.Bool("tie_word_embeddings", false),
            Rope = RopeParameters.From(config, maxPositions),
        };
        foreach (var (key, value) in ((string, int)[])[
            ("vocab_size", llama.VocabularySize), ("hidden_size", hidden), ("intermediate_size", llama.IntermediateSize),
            ("num_hidden_layers", llama.Layers), ("num_attention_heads", heads), ("num_key_value_heads", llama.KeyValueHeads),
            ("head_dim", llama.HeadDim), ("max_position_embeddings", maxPositions)])
            if (value <= 0)
                throw config.Invalid(key, "a number over 0");
        if (heads % llama.KeyValueHeads != 0)
            throw config.Invalid("num_key_value_heads", $"a divisor of num_attention_heads ({heads})");
        if (llama.HeadDim % 2 != 0)
            throw config.Invalid("head_dim", "an even number");
        return llama;
    }
}
