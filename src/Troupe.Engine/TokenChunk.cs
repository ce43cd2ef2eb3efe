namespace Troupe.Engine;

/// <summary>What one step gave one choice of one request.</summary>
/// <param name="Key">The request.</param>
/// <param name="Epoch">The claim under which it runs.</param>
/// <param name="Choice">Index of the choice, from 0.</param>
/// <param name="FirstIndex">Index within the choice of the first token of <paramref name="TokenIds"/>.</param>
/// <param name="TokenIds">New tokens in order; empty only when a choice ends without one.</param>
/// <param name="Text">The text that they release: less while a character or a stop string may still be forming, all that was held at the end.</param>
/// <param name="Logprobs">One entry for each token when asked for, else empty.</param>
/// <param name="Finish">Why the choice ended, with its last chunk.</param>
/// <param name="Error">What went wrong, with <see cref="FinishReason.Failed"/>.</param>
public sealed record TokenChunk(
    GenerationKey Key,
    long Epoch,
    int Choice,
    int FirstIndex,
    int[] TokenIds,
    string Text,
    IReadOnlyList<TokenLogprob> Logprobs,
    FinishReason? Finish,
    string? Error = null);

/// <summary>Why a choice ended.</summary>
public enum FinishReason
{
    /// <summary>An end token, a stop id or a stop string.</summary>
    Stop,

    /// <summary>The token limit or the end of the context.</summary>
    Length,

    /// <summary>Cancelled by the caller, by a deadline, or because nobody reads.</summary>
    Cancelled,

    /// <summary>The engine could not go on.</summary>
    Failed,
}

/// <summary>Log-probability of a drawn token under the model's raw distribution (before penalties and temperature), and the most likely alternatives.</summary>
public sealed record TokenLogprob(int TokenId, float Logprob, IReadOnlyList<TokenAlternative> Top);

public readonly record struct TokenAlternative(int TokenId, float Logprob);
