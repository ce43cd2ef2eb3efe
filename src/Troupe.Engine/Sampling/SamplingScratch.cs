namespace Troupe.Engine.Sampling;

/// <summary>Buffers of one row of logits, used again for every token. One thread at a time.</summary>
public sealed class SamplingScratch(int vocabularySize)
{
    /// <summary>The logits that the rules change, (vocabulary).</summary>
    internal float[] Logits { get; } = new float[vocabularySize];

    /// <summary>Probabilities or other sort keys, (vocabulary).</summary>
    internal float[] Values { get; } = new float[vocabularySize];

    /// <summary>Room for a heap of ids, (vocabulary).</summary>
    internal int[] Ids { get; } = new int[vocabularySize];
}
