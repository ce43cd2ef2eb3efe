namespace Troupe.Models.Operations;

/// <param name="Heads">Query heads.</param>
/// <param name="KeyValueHeads">Key and value heads; each serves <c>Heads / KeyValueHeads</c> query heads that follow one another.</param>
/// <param name="HeadDim">Values of one head.</param>
/// <param name="Scale">Factor on the scores, usually HeadDim^-0.5.</param>
public sealed record AttentionShape(int Heads, int KeyValueHeads, int HeadDim, float Scale)
{
    public static AttentionShape Plain(int heads, int keyValueHeads, int headDim) => new(heads, keyValueHeads, headDim, 1f / MathF.Sqrt(headDim));
}

/// <summary>What one sequence keeps of its past: keys and values of each layer, each (keyValueHeads, positions, headDim).</summary>
public sealed record CacheShape(int Layers, int KeyValueHeads, int HeadDim);
