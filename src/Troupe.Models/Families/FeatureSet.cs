using Troupe.Models.Checkpoints;

namespace Troupe.Models.Families;

/// <summary>What an encoder made of one medium: named tensors, for most families one of shape (tokens, hidden) under <see cref="Embeddings"/>.</summary>
public sealed record FeatureSet(IReadOnlyDictionary<string, HostTensor> Tensors)
{
    public const string Embeddings = "embeddings";
}
