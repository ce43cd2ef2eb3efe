using Troupe.Models.Families;

namespace Troupe.Models.Decoders;

/// <summary>A language model that continues token sequences. One thread at a time.</summary>
public interface IDecoder : IDisposable
{
    /// <summary>Width of a row of logits.</summary>
    int VocabularySize { get; }

    /// <summary>The longest sequence, prompt and answer together, that the model was made for.</summary>
    int ContextLength { get; }

    /// <summary>An empty key/value cache for one sequence.</summary>
    ISequenceCache CreateCache();

    /// <summary>One step over rows of several sequences. Appends each chunk's keys and values to its cache.</summary>
    /// <returns>Logits of the asked rows, chunk by chunk, in float32 on the host.</returns>
    StepLogits Forward(IReadOnlyList<SequenceChunk> chunks);
}

/// <summary>Keys and values of one sequence in every layer. Disposing frees them.</summary>
public interface ISequenceCache : IDisposable
{
    /// <summary>Positions held.</summary>
    int Length { get; }

    /// <summary>A cache with the same content that grows on its own (n choices of one prompt).</summary>
    ISequenceCache Fork();
}

/// <summary>The next rows of one sequence: the token ids at positions <c>Cache.Length ..</c>, with features in place of some embeddings.</summary>
/// <param name="Features">Rows to take instead of the embedding of the token at a position of this chunk.</param>
public sealed record SequenceChunk(ISequenceCache Cache, ReadOnlyMemory<int> TokenIds, IReadOnlyList<FeatureRows> Features, LogitRows Logits);

/// <summary>Rows <c>Start .. Start + Length</c> of <c>Features</c> stand at rows <c>Row .. Row + Length</c> of the chunk.</summary>
public sealed record FeatureRows(FeatureSet Features, int Start, int Row, int Length);

/// <summary>The rows of a chunk for which logits are computed.</summary>
public enum LogitRows
{
    /// <summary>None: a chunk of a prompt that is not the last.</summary>
    None,

    /// <summary>The last row.</summary>
    Last,

    /// <summary>Every row.</summary>
    All,
}

/// <summary>Logits (rows, vocabulary) of one step, row-major in plain memory.</summary>
public sealed record StepLogits(int Rows, int VocabularySize, float[] Values)
{
    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * VocabularySize, VocabularySize);
}
