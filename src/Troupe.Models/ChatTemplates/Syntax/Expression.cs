using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Syntax;

/// <summary>An expression of the template.</summary>
/// <param name="Line">Where it stands.</param>
internal abstract record Expression(int Line)
{
    public sealed record Literal(Value Value, int Line) : Expression(Line);

    public sealed record Name(string Identifier, int Line) : Expression(Line);

    public sealed record List(IReadOnlyList<Expression> Items, int Line) : Expression(Line);

    public sealed record Tuple(IReadOnlyList<Expression> Items, int Line) : Expression(Line);

    public sealed record Dict(IReadOnlyList<(Expression Key, Expression Value)> Items, int Line) : Expression(Line);

    public sealed record Negate(Expression Operand, int Line) : Expression(Line);

    public sealed record Plus(Expression Operand, int Line) : Expression(Line);

    public sealed record Not(Expression Operand, int Line) : Expression(Line);

    public sealed record And(Expression Left, Expression Right, int Line) : Expression(Line);

    public sealed record Or(Expression Left, Expression Right, int Line) : Expression(Line);

    public sealed record Binary(BinaryOperator Operator, Expression Left, Expression Right, int Line) : Expression(Line);

    /// <summary>Texts joined by a tilde.</summary>
    public sealed record Concat(IReadOnlyList<Expression> Items, int Line) : Expression(Line);

    public sealed record Compare(Expression First, IReadOnlyList<(ComparisonOperator Operator, Expression Operand)> Rest, int Line) : Expression(Line);

    public sealed record Conditional(Expression Condition, Expression Then, Expression? Else, int Line) : Expression(Line);

    /// <summary><c>target.name</c>.</summary>
    public sealed record Attribute(Expression Target, string Identifier, int Line) : Expression(Line);

    /// <summary><c>target[key]</c>.</summary>
    public sealed record Item(Expression Target, Expression Key, int Line) : Expression(Line);

    public sealed record Slice(Expression Target, Expression? Start, Expression? Stop, Expression? Step, int Line) : Expression(Line);

    public sealed record Call(Expression Target, CallArguments Arguments, int Line) : Expression(Line);

    /// <param name="Input">Null for the text of a block.</param>
    public sealed record Filter(Expression? Input, string Identifier, CallArguments Arguments, int Line) : Expression(Line);

    public sealed record Test(Expression Input, string Identifier, CallArguments Arguments, int Line) : Expression(Line);
}
