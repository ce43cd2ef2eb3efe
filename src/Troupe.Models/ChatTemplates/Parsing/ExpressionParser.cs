using System.Globalization;
using System.Numerics;
using System.Text;
using Troupe.Models.ChatTemplates.Lexing;
using Troupe.Models.ChatTemplates.Syntax;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Parsing;

/// <summary>Reads expressions by Jinja's grammar, from the conditional down to names and literals.</summary>
internal sealed class ExpressionParser(TokenReader tokens)
{
    private static readonly Dictionary<string, ComparisonOperator> Comparisons = new()
    {
        ["=="] = ComparisonOperator.Equal,
        ["!="] = ComparisonOperator.NotEqual,
        ["<"] = ComparisonOperator.Less,
        ["<="] = ComparisonOperator.LessOrEqual,
        [">"] = ComparisonOperator.Greater,
        [">="] = ComparisonOperator.GreaterOrEqual,
    };

    /// <param name="conditional">Whether <c>a if b else c</c> is read; not where an <c>if</c> follows the expression.</param>
    public Expression ParseExpression(bool conditional = true)
    {
        tokens.Enter();
        var expression = conditional ? Conditional() : Or();
        tokens.Leave();
        return expression;
    }

    /// <summary>An expression, or several with commas between them, which are a tuple.</summary>
    /// <param name="conditional">As for one expression.</param>
    /// <param name="parentheses">Whether it stands in parentheses, where it may be empty.</param>
    public Expression ParseTuple(bool conditional = true, bool parentheses = false)
    {
        var line = tokens.Line;
        var items = new List<Expression>();
        var isTuple = false;
        while (!IsTupleEnd())
        {
            items.Add(ParseExpression(conditional));
            if (!tokens.SkipOperator(","))
                break;
            isTuple = true;
        }
        if (!isTuple && items.Count == 1)
            return items[0];
        return items.Count > 0 || parentheses ? new Expression.Tuple(items, line) : throw tokens.Unexpected("an expression");
    }

    /// <summary>The arguments of a call, from the parenthesis on.</summary>
    public CallArguments Arguments()
    {
        var line = tokens.Line;
        tokens.ExpectOperator("(");
        var positional = new List<Expression>();
        var keywords = new List<(string, Expression)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        Expression? spread = null, keywordSpread = null;
        for (var first = true; !tokens.SkipOperator(")"); first = false)
        {
            if (!first)
            {
                tokens.ExpectOperator(",");
                if (tokens.SkipOperator(")"))
                    break;
            }
            var inOrder = keywordSpread is null;
            if (tokens.SkipOperator("*"))
                (inOrder, spread) = (inOrder && spread is null, ParseExpression());
            else if (tokens.SkipOperator("**"))
                keywordSpread = ParseExpression();
            else if (tokens.Current.Kind == TokenKind.Name && tokens.IsFollowedByOperator("="))
            {
                var name = tokens.Take().Text;
                tokens.Take();
                if (!names.Add(name))
                    throw new SyntaxException($"keyword argument repeated: {name}", line);
                keywords.Add((name, ParseExpression()));
            }
            else
            {
                inOrder &= spread is null && keywords.Count == 0;
                positional.Add(ParseExpression());
            }
            if (!inOrder)
                throw new SyntaxException("invalid syntax for function call expression", line);
        }
        return new CallArguments(positional, keywords, spread, keywordSpread);
    }

    /// <summary>The filters behind an expression or, with none before them, those of a block.</summary>
    public Expression? Filters(Expression? input, bool begins = false)
    {
        while (begins || tokens.SkipOperator("|"))
        {
            begins = false;
            var (name, line) = DottedName();
            input = new Expression.Filter(input, name, tokens.IsOperator("(") ? Arguments() : CallArguments.None, line);
        }
        return input;
    }

    private bool IsTupleEnd() => tokens.Current.Kind is TokenKind.PrintEnd or TokenKind.StatementEnd || tokens.IsOperator(")");

    private Expression Conditional()
    {
        var line = tokens.Line;
        var expression = Or();
        while (tokens.SkipName("if"))
        {
            var test = Or();
            Expression? otherwise = null;
            if (tokens.SkipName("else"))
            {
                tokens.Enter();
                otherwise = Conditional();
                tokens.Leave();
            }
            expression = new Expression.Conditional(test, expression, otherwise, line);
            line = tokens.Line;
        }
        return expression;
    }

    private Expression Or()
    {
        var left = And();
        while (tokens.Line is var line && tokens.SkipName("or"))
            left = new Expression.Or(left, And(), line);
        return left;
    }

    private Expression And()
    {
        var left = Not();
        while (tokens.Line is var line && tokens.SkipName("and"))
            left = new Expression.And(left, Not(), line);
        return left;
    }

    private Expression Not()
    {
        var line = tokens.Line;
        if (!tokens.SkipName("not"))
            return Compare();
        tokens.Enter();
        var operand = Not();
        tokens.Leave();
        return new Expression.Not(operand, line);
    }

    private Expression Compare()
    {
        var line = tokens.Line;
        var first = Sum();
        var rest = new List<(ComparisonOperator, Expression)>();
        while (Comparison() is { } comparison)
            rest.Add((comparison, Sum()));
        return rest.Count > 0 ? new Expression.Compare(first, rest, line) : first;
    }

    private ComparisonOperator? Comparison()
    {
        if (tokens.Current.Kind == TokenKind.Operator && Comparisons.TryGetValue(tokens.Current.Text, out var comparison))
        {
            tokens.Take();
            return comparison;
        }
        if (tokens.SkipName("in"))
            return ComparisonOperator.In;
        if (!tokens.IsName("not") || !tokens.IsFollowedByName("in"))
            return null;
        tokens.Take();
        tokens.Take();
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
        var line = tokens.Line;
        var first = Product();
        if (!tokens.IsOperator("~"))
            return first;
        var items = new List<Expression> { first };
        while (tokens.SkipOperator("~"))
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
    private Expression Power() => Chain(() => Unary(), symbol => symbol == "**" ? BinaryOperator.Power : null);

    private Expression Chain(Func<Expression> operand, Func<string, BinaryOperator?> by)
    {
        var left = operand();
        while (tokens.Current.Kind == TokenKind.Operator && by(tokens.Current.Text) is { } binary)
        {
            var line = tokens.Take().Line;
            left = new Expression.Binary(binary, left, operand(), line);
        }
        return left;
    }

    private Expression Unary(bool filters = true)
    {
        var line = tokens.Line;
        Expression expression;
        if (tokens.IsOperator("-") || tokens.IsOperator("+"))
        {
            var negates = tokens.Take().Text == "-";
            tokens.Enter();
            var operand = Unary(filters: false);
            tokens.Leave();
            expression = negates ? new Expression.Negate(operand, line) : new Expression.Plus(operand, line);
        }
        else
            expression = Primary();
        expression = Postfix(expression);
        return filters ? FiltersAndTests(expression) : expression;
    }

    private Expression Postfix(Expression expression)
    {
        while (true)
        {
            if (tokens.IsOperator("."))
                expression = Attribute(expression);
            else if (tokens.IsOperator("["))
                expression = Subscript(expression);
            else if (tokens.IsOperator("("))
                expression = Call(expression);
            else
                return expression;
        }
    }

    private Expression.Call Call(Expression target)
    {
        var line = tokens.Line;
        return new Expression.Call(target, Arguments(), line);
    }

    private Expression FiltersAndTests(Expression expression)
    {
        while (true)
        {
            if (tokens.IsOperator("|"))
                expression = Filters(expression)!;
            else if (tokens.IsName("is"))
                expression = Test(expression);
            else if (tokens.IsOperator("("))
                expression = Call(expression);
            else
                return expression;
        }
    }

    private Expression Test(Expression input)
    {
        var line = tokens.Take().Line;
        var negated = tokens.SkipName("not");
        var (name, _) = DottedName();
        var arguments = CallArguments.None;
        if (tokens.IsOperator("("))
            arguments = Arguments();
        else if (BeginsOperand())
        {
            if (tokens.IsName("is"))
                throw new SyntaxException("You cannot chain multiple tests with is", tokens.Line);
            arguments = new CallArguments([Postfix(Primary())], [], null, null);
        }
        Expression test = new Expression.Test(input, name, arguments, line);
        return negated ? new Expression.Not(test, line) : test;
    }

    private bool BeginsOperand() => tokens.Current.Kind switch
    {
        TokenKind.Name => !(tokens.IsName("else") || tokens.IsName("or") || tokens.IsName("and")),
        TokenKind.String or TokenKind.Integer or TokenKind.Float => true,
        _ => tokens.IsOperator("[") || tokens.IsOperator("{"),
    };

    private (string Name, int Line) DottedName()
    {
        var token = tokens.ExpectName();
        var name = token.Text;
        while (tokens.SkipOperator("."))
            name += "." + tokens.ExpectName().Text;
        return (name, token.Line);
    }

    private Expression Attribute(Expression target)
    {
        var line = tokens.Take().Line;
        var name = tokens.Take();
        return name.Kind switch
        {
            TokenKind.Name => new Expression.Attribute(target, name.Text, line),
            TokenKind.Integer => new Expression.Item(target, Integer(name), line),
            _ => throw new SyntaxException($"unexpected {name.Description}, expected a name or a number", name.Line),
        };
    }

    private Expression Subscript(Expression target)
    {
        var line = tokens.Take().Line;
        if (tokens.IsOperator("]"))
            throw tokens.Unexpected("an expression");
        var start = tokens.IsOperator(":") ? null : ParseExpression();
        if (tokens.IsOperator(":"))
            return Slice(target, start, line);
        if (tokens.SkipOperator("]"))
            return new Expression.Item(target, start!, line);
        var items = new List<Expression> { start! };
        while (!tokens.SkipOperator("]"))
        {
            tokens.ExpectOperator(",");
            if (!tokens.IsOperator("]"))
                items.Add(ParseExpression());
        }
        return new Expression.Item(target, new Expression.Tuple(items, line), line);
    }

    private Expression.Slice Slice(Expression target, Expression? start, int line)
    {
        tokens.ExpectOperator(":");
        var stop = tokens.IsOperator(":") || tokens.IsOperator("]") ? null : ParseExpression();
        var step = tokens.SkipOperator(":") && !tokens.IsOperator("]") ? ParseExpression() : null;
        tokens.ExpectOperator("]");
        return new Expression.Slice(target, start, stop, step, line);
    }

    private Expression Primary()
    {
        var token = tokens.Take();
        switch (token.Kind)
        {
            case TokenKind.Name:
                return Name(token);
            case TokenKind.String:
                var text = new StringBuilder(token.Text);
                while (tokens.Current.Kind == TokenKind.String)
                    text.Append(tokens.Take().Text);
                return new Expression.Literal(StringValue.Template(text.ToString()), token.Line);
            case TokenKind.Integer:
                return Integer(token);
            case TokenKind.Float:
                return new Expression.Literal(new FloatValue(double.Parse(token.Text, CultureInfo.InvariantCulture)), token.Line);
        }
        switch (token.Kind == TokenKind.Operator ? token.Text : "")
        {
            case "(":
                tokens.Enter();
                var tuple = ParseTuple(parentheses: true);
                tokens.Leave();
                tokens.ExpectOperator(")");
                return tuple;
            case "[":
                return new Expression.List(List(), token.Line);
            case "{":
                return Dict(token.Line);
            default:
                throw new SyntaxException($"unexpected {token.Description}, expected an expression", token.Line);
        }
    }

    private static Expression Name(Token token) => token.Text switch
    {
        "true" or "True" => new Expression.Literal(BoolValue.True, token.Line),
        "false" or "False" => new Expression.Literal(BoolValue.False, token.Line),
        "none" or "None" => new Expression.Literal(NoneValue.Instance, token.Line),
        _ => new Expression.Name(token.Text, token.Line),
    };

    private static Expression.Literal Integer(Token token)
    {
        if (token.Text.Length > 1000)
            throw new SyntaxException($"a number has {token.Text.Length} digits; 1000 is the limit", token.Line);
        var value = token.Text.Length > 1 && !char.IsAsciiDigit(token.Text[1])
            ? token.Text[2..].Aggregate(BigInteger.Zero, (sum, digit) => (sum * Radix(token.Text[1])) + Convert.ToInt32(digit.ToString(), 16))
            : BigInteger.Parse(token.Text, CultureInfo.InvariantCulture);
        return new Expression.Literal(new IntValue(value), token.Line);
    }

    private static int Radix(char letter) => char.ToLowerInvariant(letter) switch { 'b' => 2, 'o' => 8, _ => 16 };

    private List<Expression> List()
    {
        var items = new List<Expression>();
        while (!tokens.SkipOperator("]"))
        {
            if (items.Count > 0)
            {
                tokens.ExpectOperator(",");
                if (tokens.SkipOperator("]"))
                    break;
            }
            items.Add(ParseExpression());
        }
        return items;
    }

    private Expression.Dict Dict(int line)
    {
        var items = new List<(Expression, Expression)>();
        while (!tokens.SkipOperator("}"))
        {
            if (items.Count > 0)
            {
                tokens.ExpectOperator(",");
                if (tokens.SkipOperator("}"))
                    break;
            }
            var key = ParseExpression();
            tokens.ExpectOperator(":");
            items.Add((key, ParseExpression()));
        }
        return new Expression.Dict(items, line);
    }
}
