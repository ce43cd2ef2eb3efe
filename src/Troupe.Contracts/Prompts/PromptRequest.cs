using Troupe.Contracts.Generation;

namespace Troupe.Contracts.Prompts;

[GenerateSerializer, Immutable, Alias("troupe.PromptRequest")]
public sealed record PromptRequest([property: Id(0)] Turn[] Messages, [property: Id(1)] MediaReference[] Media, [property: Id(2)] PromptSettings Settings);

/// <summary>One turn of a conversation.</summary>
[GenerateSerializer, Immutable, Alias("troupe.Turn")]
public sealed record Turn([property: Id(0)] string Role, [property: Id(1)] TurnPart[] Content);

/// <summary>A piece of a turn: text, or the place of the next medium when <paramref name="Text"/> is null.</summary>
[GenerateSerializer, Immutable, Alias("troupe.TurnPart")]
public sealed record TurnPart([property: Id(0)] string? Text);

/// <param name="AllowSpecialTokens">Whether caller text is matched for special tokens, as the reference does.</param>
/// <param name="SplitImages">Overrides the checkpoint's splitting of pictures into tiles.</param>
[GenerateSerializer, Immutable, Alias("troupe.PromptSettings")]
public sealed record PromptSettings([property: Id(0)] bool AllowSpecialTokens = false, [property: Id(1)] bool? SplitImages = null);

/// <summary>A built prompt, or why there is none.</summary>
/// <param name="TokenIds">With media placeholders in place.</param>
/// <param name="Slots">Which positions take which feature rows.</param>
/// <param name="Refusal">Null when it was built.</param>
[GenerateSerializer, Immutable, Alias("troupe.PromptResult")]
public sealed record PromptResult([property: Id(0)] int[] TokenIds, [property: Id(1)] Slot[] Slots, [property: Id(2)] Refusal? Refusal = null)
{
    public static PromptResult Refused(RefusalKind kind, string reason) => new([], [], new Refusal(kind, reason));
}

/// <summary>Rows <c>FeatureStart ..</c> of the features of medium <c>Medium</c> take the positions <c>Position .. Position + Length</c> of the prompt.</summary>
[GenerateSerializer, Immutable, Alias("troupe.Slot")]
public readonly record struct Slot([property: Id(0)] int Medium, [property: Id(1)] int FeatureStart, [property: Id(2)] int Position, [property: Id(3)] int Length);
