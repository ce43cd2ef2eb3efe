using System.Globalization;
using System.Numerics;
using System.Text;
using Troupe.Models.ChatTemplates.Lexing;
using Troupe.Models.ChatTemplates.Syntax;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Parsing;

/// <summary>Reads operands: names, literals and brackets with what is behind them (attributes, calls, filters and tests).</summary>
internal sealed class OperandParser(TokenReader tokens, ExpressionParser expressions)
{
    /// <summary>An operand with its signs, filters and tests.</summary>
    public Expression Unary() => Unary(filters: true);

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
                (inOrder, spread) = (inOrder && spread is null, expressions.ParseExpression());
            else if (tokens.SkipOperator("**"))
                keywordSpread = expressions.ParseExpression();
            else if (tokens.Current.Kind == TokenKind.Name && tokens.IsFollowedByOperator("="))
            {
                var name = tokens.Take().Text;
                tokens.Take();
                if (!names.Add(name))
                    throw new SyntaxException($"keyword argument repeated: {name}", line);
                keywords.Add((name, expressions.ParseExpression()));
            }
            else
            {
                inOrder &= spread is null && keywords.Count == 0;
                positional.Add(expressions.ParseExpression());
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

    private Expression Unary(bool filters)
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
        var start = tokens.IsOperator(":") ? null : expressions.ParseExpression();
        if (tokens.IsOperator(":"))
            return Slice(target, start, line);
        if (tokens.SkipOperator("]"))
            return new Expression.Item(target, start!, line);
        var items = new List<Expression> { start! };
        while (!tokens.SkipOperator("]"))
        {
            tokens.ExpectOperator(",");
            if (!tokens.IsOperator("]"))
                items.Add(expressions.ParseExpression());
        }
        return new Expression.Item(target, new Expression.Tuple(items, line), line);
    }

    private Expression.Slice Slice(Expression target, Expression? start, int line)
    {
        tokens.ExpectOperator(":");
        var stop = tokens.IsOperator(":") || tokens.IsOperator("]") ? null : expressions.ParseExpression();
        var step = tokens.SkipOperator(":") && !tokens.IsOperator("]") ? expressions.ParseExpression() : null;
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
                var tuple = expressions.ParseTuple(parentheses: true);
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
            items.Add(expressions.ParseExpression());
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
            var key = expressions.ParseExpression();
            tokens.ExpectOperator(":");
            items.Add((key, expressions.ParseExpression()));
        }
        return new Expression.Dict(items, line);
    }
}
