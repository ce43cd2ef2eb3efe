using Troupe.Models.Operations;

namespace Troupe.Models.Decoders;

/// <summary>The Llama family (Touvron et al., 2023): pre-norm layers of grouped-query attention with rotary positions and a gated feed-forward block.</summary>
public sealed class LlamaDecoder : IDecoder, IProbed
{
    private readonly LlamaConfig _config;
    private readonly Operations.Operations _ops;
    private readonly AttentionShape _attention;
    private readonly Activation _activation;
    private readonly RotaryFrequencies _rotary;
    private readonly Weight _embedding, _finalNorm, _head;
    private readonly LlamaLayer[] _layers;

    /// <param name="config">The text part of config.json.</param>
    /// <param name="ops">Where the forward runs; disposed with the decoder.</param>
    /// <param name="text">The weights of the model without its head: <c>embed_tokens</c>, <c>layers.N</c>, <c>norm</c>.</param>
    /// <param name="head">The weights that hold <c>lm_head.weight</c>; without it, or when tied, the embedding serves.</param>
    public LlamaDecoder(LlamaConfig config, Operations.Operations ops, WeightLoader text, WeightLoader head)
    {
        _config = config;
        _ops = ops;
        _attention = AttentionShape.Plain(config.Heads, config.KeyValueHeads, config.HeadDim);
        _activation = Activations.Parse(config.HiddenActivation);
        _rotary = RotaryFrequencies.From(config.Rope, config.HeadDim);
        _embedding = text.Load("embed_tokens.weight", config.VocabularySize, config.HiddenSize);
        _layers = [.. Enumerable.Range(0, config.Layers).Select(n => LlamaLayer.Load(config, text.Under($"layers.{n}.")))];
        _finalNorm = text.Load("norm.weight", config.HiddenSize);
        _head = (config.TieWordEmbeddings ? null : head.LoadOptional("lm_head.weight", config.VocabularySize, config.HiddenSize)) ?? _embedding;
    }

    public int VocabularySize => _config.VocabularySize;

    public int ContextLength => _config.MaxPositions;

    /// <summary>Number of layers, the bound of the range of <see cref="Layers"/>.</summary>
    public int LayerCount => _layers.Length;

    public IForwardProbe? Probe
    {
        get => _ops.Probe;
        set => _ops.Probe = value;
    }

    public ISequenceCache CreateCache() => _ops.CreateCache(new CacheShape(_config.Layers, _config.KeyValueHeads, _config.HeadDim));

    public StepLogits Forward(IReadOnlyList<SequenceChunk> chunks)
    {
        var step = new Step(chunks);
        using var scope = _ops.BeginStep();
        var hidden = Layers(Embed(step, chunks), .., step);                            // (rows, dim)
        var asked = AskedRows(step, chunks);
        if (asked.Length == 0)
            return new StepLogits(0, VocabularySize, []);
        var logits = Head(asked.Length == hidden.Count ? hidden : _ops.Take(hidden, asked));
        return new StepLogits(asked.Length, VocabularySize, _ops.Read(logits));
    }

    /// <summary>Token embeddings with media features in their places: (rows, dim)</summary>
    public Rows Embed(Step step, IReadOnlyList<SequenceChunk> chunks)
    {
        var x = _ops.Observe("embed", _ops.Embed(_embedding, step.TokenIds));          // (rows, dim)
        for (var i = 0; i < chunks.Count; i++)
            foreach (var run in chunks[i].Features)
                x = _ops.Replace(x, step.Segments[i].FirstRow + run.Row,
                    _ops.FromHost(run.Features.Tensors[Families.FeatureSet.Embeddings], run.Start, run.Length));
        return _ops.Observe("inputs_embeds", x);
    }

    /// <summary>Hidden states through a range of layers: (rows, dim) to (rows, dim). A model may span devices by ranges.</summary>
    public Rows Layers(Rows hidden, Range range, Step step)
    {
        var table = _ops.RotaryTable(_rotary.Inverse, _rotary.Scale, step.Positions);
        _ops.Observe("rope_cos", table.Cosines);
        _ops.Observe("rope_sin", table.Sines);
        var (first, count) = range.GetOffsetAndLength(_layers.Length);
        for (var layer = first; layer < first + count; layer++)
            hidden = _ops.Observe($"layer{layer}.out", Layer(layer, hidden, table, step));
        return hidden;
    }

    /// <summary>Final norm and output matrix: (rows, vocabulary)</summary>
    public Rows Head(Rows hidden) => _ops.Linear(_ops.Observe("final_norm", _ops.Norm(hidden, _finalNorm, _config.RmsNormEpsilon)), _head);

    public void Dispose() => _ops.Dispose();

    private Rows Layer(int layer, Rows x, RotaryRows table, Step step)                 // x (rows, dim)
    {
        using var block = _ops.BeginBlock();
        var weights = _layers[layer];
        var attended = Attend(layer, _ops.Norm(x, weights.InputNorm, _config.RmsNormEpsilon), table, step);
        x = _ops.Add(x, _ops.Observe($"layer{layer}.attn_out", attended));
        var normed = _ops.Norm(x, weights.PostAttentionNorm, _config.RmsNormEpsilon);
        return block.Keep(_ops.Add(x, _ops.Observe($"layer{layer}.mlp_out", _ops.GatedMlp(normed, weights.Mlp, _activation))));
    }

    private Rows Attend(int layer, Rows x, RotaryRows table, Step step)                // x (rows, dim)
    {
        var weights = _layers[layer];
        var queries = _ops.Rotary(_ops.Linear(x, weights.Query, weights.QueryBias), table, _config.HeadDim);  // (rows, heads * headDim)
        var keys = _ops.Rotary(_ops.Linear(x, weights.Key, weights.KeyBias), table, _config.HeadDim);         // (rows, keyValueHeads * headDim)
        var values = _ops.Linear(x, weights.Value, weights.ValueBias);                                        // (rows, keyValueHeads * headDim)
        var attended = _ops.Attend(queries, keys, values, _attention, layer, step);                           // (rows, heads * headDim)
        return _ops.Linear(attended, weights.Output, weights.OutputBias);
    }

    private static int[] AskedRows(Step step, IReadOnlyList<SequenceChunk> chunks)
    {
        var rows = new List<int>();
        for (var i = 0; i < chunks.Count; i++)
        {
            var segment = step.Segments[i];
            if (chunks[i].Logits == LogitRows.All)
                rows.AddRange(Enumerable.Range(segment.FirstRow, segment.Count));
            else if (chunks[i].Logits == LogitRows.Last)
                rows.Add(segment.FirstRow + segment.Count - 1);
        }
        return [.. rows];
    }
}
