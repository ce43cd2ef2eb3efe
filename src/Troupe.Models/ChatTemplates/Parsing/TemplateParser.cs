using Troupe.Models.ChatTemplates.Analysis;
using Troupe.Models.ChatTemplates.Lexing;
using Troupe.Models.ChatTemplates.Syntax;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Parsing;

/// <summary>Reads a template's statements by Jinja's grammar, with loop controls and the generation block.</summary>
internal sealed class TemplateParser
{
    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;
    private readonly TargetParser _targets;
    private readonly Stack<(string Tag, int Line)> _open = [];

    /// <summary>How many for blocks are around the statement within its macro, and in all.</summary>
    private int _loops, _allLoops;

    private TemplateParser(TokenReader tokens)
    {
        _tokens = tokens;
        _expressions = new ExpressionParser(tokens);
        _targets = new TargetParser(tokens);
    }

    /// <exception cref="SyntaxException">The text is not a template.</exception>
    public static IReadOnlyList<Statement> Parse(string source, ChatTemplateLimits limits)
    {
        var parser = new TemplateParser(new TokenReader(TemplateLexer.Tokenize(source), limits));
        var statements = parser.Block([]);
        UnknownNames.Check(statements);
        return statements;
    }

    /// <summary>Statements up to one of the tags that end the block, whose name is the current token then; up to the end of the template without any.</summary>
    private List<Statement> Block(ReadOnlySpan<string> ends)
    {
        _tokens.Enter();
        var statements = new List<Statement>();
        while (true)
        {
            var token = _tokens.Take();
            switch (token.Kind)
            {
                case TokenKind.Data:
                    statements.Add(new Statement.Data(StringValue.Template(token.Text), token.Line));
                    break;
                case TokenKind.PrintBegin:
                    statements.Add(new Statement.Print(_expressions.ParseTuple(), token.Line));
                    _tokens.Expect(TokenKind.PrintEnd, "'}}'");
                    break;
                case TokenKind.StatementBegin:
                    if (_tokens.Current.Kind == TokenKind.Name && ends.Contains(_tokens.Current.Text))
                    {
                        _tokens.Leave();
                        return statements;
                    }
                    ParseTag(ends, statements);
                    _tokens.Expect(TokenKind.StatementEnd, "'%}'");
                    break;
                default:
                    if (!ends.IsEmpty)
                        throw new SyntaxException(
                            $"unexpected end of the template: the block '{_open.Peek().Tag}' of line {_open.Peek().Line} is not closed (expected {Choice(ends)}).",
                            token.Line);
                    _tokens.Leave();
                    return statements;
            }
        }
    }

    private static string Choice(ReadOnlySpan<string> tags) => string.Join(" or ", tags.ToArray().Select(tag => $"'{tag}'"));

    private void ParseTag(ReadOnlySpan<string> ends, List<Statement> statements)
    {
        var tag = _tokens.Expect(TokenKind.Name, "the name of a tag");
        _open.Push((tag.Text, tag.Line));
        switch (tag.Text)
        {
            case "set":
                statements.Add(Set(tag.Line));
                break;
            case "if":
                statements.Add(If(tag.Line));
                break;
            case "for":
                statements.Add(For(tag.Line));
                break;
            case "macro":
                statements.Add(Macro(tag.Line));
                break;
            case "call":
                statements.Add(CallBlock(tag.Line));
                break;
            case "generation":
                statements.Add(new Statement.Generation(Body([], "endgeneration"), tag.Line));
                break;
            case "filter":
                var filter = (Expression.Filter)_expressions.Operands.Filters(null, begins: true)!;
                statements.Add(new Statement.FilterBlock(filter, Inner("endfilter"), tag.Line));
                break;
            case "with":
                statements.Add(With(tag.Line));
                break;
            case "print":
                Print(statements);
                break;
            case "break" or "continue":
                if (_loops == 0)
                    throw new SyntaxException($"'{tag.Text}' outside a loop", tag.Line);
                statements.Add(tag.Text == "break" ? new Statement.Break(tag.Line) : new Statement.Continue(tag.Line));
                break;
            default:
                throw new SyntaxException(ends.IsEmpty ? $"unknown tag '{tag.Text}'." : $"unknown tag '{tag.Text}', expected {Choice(ends)}.", tag.Line);
        }
        _open.Pop();
    }

    /// <summary>The body of a block after its opening tag, its closing tag taken.</summary>
    private List<Statement> Inner(string end)
    {
        var statements = Inner([end]);
        _tokens.ExpectName(end);
        return statements;
    }

    private List<Statement> Inner(ReadOnlySpan<string> ends)
    {
        _tokens.SkipOperator(":");
        _tokens.Expect(TokenKind.StatementEnd, "'%}'");
        return Block(ends);
    }

    private Statement Set(int line)
    {
        var target = _targets.Parse(attributes: true);
        if (_allLoops > 0)
            RefuseLoop(target);
        if (_tokens.SkipOperator("="))
            return new Statement.Set(target, _expressions.ParseTuple(), line);
        var filter = (Expression.Filter?)_expressions.Operands.Filters(null);
        return new Statement.SetBlock(target, filter, Inner("endset"), line);
    }

    private Statement.If If(int line)
    {
        var branches = new List<(Expression, IReadOnlyList<Statement>)>();
        while (true)
        {
            var test = _expressions.ParseTuple(conditional: false);
            branches.Add((test, Inner(["elif", "else", "endif"])));
            switch (_tokens.Take().Text)
            {
                case "elif":
                    continue;
                case "else":
                    return new Statement.If(branches, Inner("endif"), line);
                default:
                    return new Statement.If(branches, [], line);
            }
        }
    }

    private Statement.For For(int line)
    {
        var target = _targets.Parse();
        RefuseLoop(target);
        _tokens.ExpectName("in");
        var iterable = _expressions.ParseTuple(conditional: false);
        var test = _tokens.SkipName("if") ? _expressions.ParseExpression() : null;
        var recursive = _tokens.SkipName("recursive");
        _allLoops++;
        _loops++;
        var body = Inner(["endfor", "else"]);
        _loops--;
        var otherwise = _tokens.Take().Text == "else" ? Inner("endfor") : [];
        _allLoops--;
        return new Statement.For(target, iterable, test, recursive, body, otherwise, line);
    }

    private static void RefuseLoop(Target target)
    {
        if (Children.Leaves(target).Any(leaf => leaf is Target.Name { Identifier: "loop" }))
            throw new SyntaxException("Can't assign to special loop variable in for-loop target", target.Line);
    }

    private Statement.Macro Macro(int line)
    {
        var name = _targets.Name();
        return new Statement.Macro(name, Body(Parameters(), "endmacro"), line);
    }

    private Statement.CallBlock CallBlock(int line)
    {
        var parameters = _tokens.IsOperator("(") ? Parameters() : [];
        var call = _expressions.ParseExpression() as Expression.Call ?? throw new SyntaxException("expected a call after 'call'", line);
        return new Statement.CallBlock(call, Body(parameters, "endcall"), line);
    }

    private List<Parameter> Parameters()
    {
        _tokens.ExpectOperator("(");
        var parameters = new List<Parameter>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!_tokens.SkipOperator(")"))
        {
            if (parameters.Count > 0)
                _tokens.ExpectOperator(",");
            var (line, name) = (_tokens.Line, _targets.Name());
            var fallback = _tokens.SkipOperator("=") ? _expressions.ParseExpression() : null;
            if (fallback is null && parameters.Count > 0 && parameters[^1].Default is not null)
                throw new SyntaxException("non-default argument follows default argument", line);
            if (!names.Add(name))
                throw new SyntaxException($"duplicate argument '{name}'", line);
            parameters.Add(new Parameter(name, fallback));
        }
        return parameters;
    }

    private MacroBody Body(List<Parameter> parameters, string end)
    {
        var line = _tokens.Line;
        var loops = _loops;
        _loops = 0;
        var statements = Inner(end);
        _loops = loops;
        bool Uses(string name) => Names.IsRead(statements, name);
        if (Uses("caller") && parameters.Any(parameter => parameter is { Name: "caller", Default: null }))
            throw new SyntaxException("the special 'caller' argument must be omitted or be given a default", line);
        return new MacroBody(
            parameters,
            statements,
            Uses("caller"),
            Uses("kwargs") && parameters.All(parameter => parameter.Name != "kwargs"),
            Uses("varargs") && parameters.All(parameter => parameter.Name != "varargs"));
    }

    private Statement.With With(int line)
    {
        var bindings = new List<(Target, Expression)>();
        while (_tokens.Current.Kind != TokenKind.StatementEnd && !_tokens.IsOperator(":"))
        {
            if (bindings.Count > 0)
                _tokens.ExpectOperator(",");
            var target = _targets.Parse();
            _tokens.ExpectOperator("=");
            bindings.Add((target, _expressions.ParseExpression()));
        }
        return new Statement.With(bindings, Inner("endwith"), line);
    }

    private void Print(List<Statement> statements)
    {
        for (var first = true; _tokens.Current.Kind != TokenKind.StatementEnd; first = false)
        {
            if (!first)
                _tokens.ExpectOperator(",");
            var line = _tokens.Line;
            statements.Add(new Statement.Print(_expressions.ParseExpression(), line));
        }
    }
}
