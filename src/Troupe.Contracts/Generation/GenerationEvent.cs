using Troupe.Contracts.Decoding;

namespace Troupe.Contracts.Generation;

/// <summary>What readers of a generation see, in order.</summary>
public abstract record GenerationEvent;

/// <summary>Event 0: the request was taken.</summary>
public sealed record AcceptedEvent(GenerationKey Key, ModelRevision Model, ulong Seed, int PromptTokens) : GenerationEvent;

/// <summary>Accepted tokens of one choice: they never change afterwards.</summary>
/// <param name="Choice">Index of the choice, from 0.</param>
/// <param name="Seq">Index of the last token within its choice; -1 when the choice ends without any.</param>
/// <param name="TokenIds">New tokens; empty only when a choice ends without one.</param>
/// <param name="Text">The text that they release.</param>
/// <param name="Hash"><see cref="TokenHash"/> of the choice up to <paramref name="Seq"/>.</param>
/// <param name="Logprobs">One for each token when asked for.</param>
/// <param name="Finish">Why the choice ended, with its last event.</param>
public sealed record TokensEvent(int Choice, long Seq, int[] TokenIds, string Text, ulong Hash, TokenLogprob[] Logprobs, ChoiceEnd? Finish) : GenerationEvent;

/// <summary>The last event of a request that ended well, or was cancelled.</summary>
public sealed record FinishedEvent(int PromptTokens, int CompletionTokens) : GenerationEvent;

/// <summary>The last event of a request that could not go on. Tokens before it stay valid.</summary>
public sealed record FailedEvent(Refusal Failure) : GenerationEvent;
