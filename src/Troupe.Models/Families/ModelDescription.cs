namespace Troupe.Models.Families;

/// <summary>What is known of a model without its weights.</summary>
/// <param name="ModelType"><c>model_type</c> of config.json.</param>
/// <param name="Modalities">Kinds of input that a message may hold: <c>text</c>, <c>image</c>.</param>
/// <param name="ContextLength">The longest prompt and answer together, in tokens.</param>
/// <param name="VocabularySize">Number of token ids that the decoder gives logits for.</param>
public sealed record ModelDescription(string ModelType, IReadOnlyList<string> Modalities, int ContextLength, int VocabularySize);
