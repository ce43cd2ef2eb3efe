using System.Collections.Frozen;
using Troupe.Models.ChatTemplates.Lexing;
using Troupe.Models.ChatTemplates.Syntax;

namespace Troupe.Models.ChatTemplates.Parsing;

/// <summary>Reads expressions by Jinja's grammar, from the conditional down to the power.</summary>
internal sealed class ExpressionParser
{
    private static readonly FrozenDictionary<string, ComparisonOperator> Comparisons = new Dictionary<string, ComparisonOperator>
    {
        ["=="] = ComparisonOperator.Equal,
        ["!="] = ComparisonOperator.NotEqual,
        ["<"] = ComparisonOperator.Less,
        ["<="] = ComparisonOperator.LessOrEqual,
        [">"] = ComparisonOperator.Greater,
        [">="] = ComparisonOperator.GreaterOrEqual,
    }.ToFrozenDictionary();

    private readonly TokenReader _tokens;

    public ExpressionParser(TokenReader tokens)
    {
        _tokens = tokens;
        Operands = new OperandParser(tokens, this);
    }

    public OperandParser Operands { get; }

    /// <param name="conditional">Whether <c>a if b else c</c> is read; not where an <c>if</c> follows the expression.</param>
    public Expression ParseExpression(bool conditional = true)
    {
        _tokens.Enter();
        var expression = conditional ? Conditional() : Or();
        _tokens.Leave();
        return expression;
    }

    /// <summary>An expression, or several with commas between them, which are a tuple.</summary>
    /// <param name="conditional">As for one expression.</param>
    /// <param name="parentheses">Whether it stands in parentheses, where it may be empty.</param>
    public Expression ParseTuple(bool conditional = true, bool parentheses = false)
    {
        var line = _tokens.Line;
        var items = new List<Expression>();
        var isTuple = false;
        while (!IsTupleEnd())
        {
            items.Add(ParseExpression(conditional));
            if (!_tokens.SkipOperator(","))
                break;
            isTuple = true;
        }
        if (!isTuple && items.Count == 1)
            return items[0];
        return items.Count > 0 || parentheses ? new Expression.Tuple(items, line) : throw _tokens.Unexpected("an expression");
    }

    private bool IsTupleEnd() => _tokens.Current.Kind is TokenKind.PrintEnd or TokenKind.StatementEnd || _tokens.IsOperator(")");

    private Expression Conditional()
    {
        var line = _tokens.Line;
        var expression = Or();
        while (_tokens.SkipName("if"))
        {
            var test = Or();
            Expression? otherwise = null;
            if (_tokens.SkipName("else"))
            {
                _tokens.Enter();
                otherwise = Conditional();
                _tokens.Leave();
            }
            expression = new Expression.Conditional(test, expression, otherwise, line);
            line = _tokens.Line;
        }
        return expression;
    }

    private Expression Or()
    {
        var left = And();
        while (_tokens.Line is var line && _tokens.SkipName("or"))
            left = new Expression.Or(left, And(), line);
        return left;
    }

    private Expression And()
    {
        var left = Not();
        while (_tokens.Line is var line && _tokens.SkipName("and"))
            left = new Expression.And(left, Not(), line);
        return left;
    }

    private Expression Not()
    {
        var line = _tokens.Line;
        if (!_tokens.SkipName("not"))
            return Compare();
        _tokens.Enter();
        var operand = Not();
        _tokens.Leave();
        return new Expression.Not(operand, line);
    }

    private Expression Compare()
    {
        var line = _tokens.Line;
        var first = Sum();
        var rest = new List<(ComparisonOperator, Expression)>();
        while (Comparison() is { } comparison)
            rest.Add((comparison, Sum()));
        return rest.Count > 0 ? new Expression.Compare(first, rest, line) : first;
    }

    private ComparisonOperator? Comparison()
    {
        if (_tokens.Current.Kind == TokenKind.Operator && Comparisons.TryGetValue(_tokens.Current.Text, out var comparison))
        {
            _tokens.Take();
            return comparison;
        }
        if (_tokens.SkipName("in"))
            return ComparisonOperator.In;
        if (!_tokens.IsName("not") || !_tokens.IsFollowedByName("in"))
            return null;
        _tokens.Take();
        _tokens.Take();
        return ComparisonOperator.NotIn;
    }

    private Expression Sum() => Chain(Concat, symbol => symbol switch
    {
        "+" => BinaryOperator.Add,
        "-" => BinaryOperator.Subtract,
        _ => null,
    });

    private Expression Concat()
    {
        var line = _tokens.Line;
        var first = Product();
        if (!_tokens.IsOperator("~"))
            return first;
        var items = new List<Expression> { first };
        while (_tokens.SkipOperator("~"))
            items.Add(Product());
        return new Expression.Concat(items, line);
    }

    private Expression Product() => Chain(Power, symbol => symbol switch
    {
        "*" => BinaryOperator.Multiply,
        "/" => BinaryOperator.Divide,
        "//" => BinaryOperator.FloorDivide,
        "%" => BinaryOperator.Modulo,
        _ => null,
    });

    // Unlike in Python a power is taken from the left.
    private Expression Power() => Chain(Operands.Unary, symbol => symbol == "**" ? BinaryOperator.Power : null);

    private Expression Chain(Func<Expression> operand, Func<string, BinaryOperator?> by)
    {
        var left = operand();
        while (_tokens.Current.Kind == TokenKind.Operator && by(_tokens.Current.Text) is { } binary)
        {
            var line = _tokens.Take().Line;
            left = new Expression.Binary(binary, left, operand(), line);
        }
        return left;
    }
}
