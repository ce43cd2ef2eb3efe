namespace Troupe.Models.Text;

/// <summary>tokenizer.json asks for something that is not here: running on without it would give other ids than the reference. The message names it.</summary>
public sealed class UnsupportedTokenizerException(string message) : Exception(message);
