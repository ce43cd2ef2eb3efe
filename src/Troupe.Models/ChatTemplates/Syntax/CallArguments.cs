namespace Troupe.Models.ChatTemplates.Syntax;

/// <summary>The arguments of a call as written: by position, by name, and the two that are spread out.</summary>
internal sealed record CallArguments(
    IReadOnlyList<Expression> Positional,
    IReadOnlyList<(string Name, Expression Value)> Keywords,
    Expression? Spread,
    Expression? KeywordSpread)
{
    public static CallArguments None { get; } = new([], [], null, null);
}
