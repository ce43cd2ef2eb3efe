using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Syntax;

/// <summary>A piece of a template's text: what is printed and what is done.</summary>
internal abstract record Statement(int Line)
{
    /// <summary>Text between tags.</summary>
    public sealed record Data(StringValue Text, int Line) : Statement(Line);

    public sealed record Print(Expression Value, int Line) : Statement(Line);

    public sealed record Set(Target Target, Expression Value, int Line) : Statement(Line);

    public sealed record SetBlock(Target Target, Expression.Filter? Filter, IReadOnlyList<Statement> Body, int Line) : Statement(Line);

    public sealed record If(IReadOnlyList<(Expression Test, IReadOnlyList<Statement> Body)> Branches, IReadOnlyList<Statement> Else, int Line)
        : Statement(Line);

    public sealed record For(
        Target Target,
        Expression Iterable,
        Expression? Test,
        bool IsRecursive,
        IReadOnlyList<Statement> Body,
        IReadOnlyList<Statement> Else,
        int Line) : Statement(Line);

    public sealed record Macro(string Name, MacroBody Body, int Line) : Statement(Line);

    public sealed record CallBlock(Expression.Call Call, MacroBody Body, int Line) : Statement(Line);

    /// <summary>The part of the text that the model is trained to write.</summary>
    public sealed record Generation(MacroBody Body, int Line) : Statement(Line);

    public sealed record FilterBlock(Expression.Filter Filter, IReadOnlyList<Statement> Body, int Line) : Statement(Line);

    public sealed record With(IReadOnlyList<(Target Target, Expression Value)> Bindings, IReadOnlyList<Statement> Body, int Line) : Statement(Line);

    public sealed record Break(int Line) : Statement(Line);

    public sealed record Continue(int Line) : Statement(Line);
}
