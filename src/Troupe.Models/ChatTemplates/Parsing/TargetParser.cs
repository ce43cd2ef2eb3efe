using Troupe.Models.ChatTemplates.Lexing;
using Troupe.Models.ChatTemplates.Syntax;

namespace Troupe.Models.ChatTemplates.Parsing;

/// <summary>Reads what is assigned to: names, tuples of them and, for <c>set</c>, attributes of a namespace.</summary>
internal sealed class TargetParser(TokenReader tokens)
{
    private static readonly string[] Constants = ["true", "True", "false", "False", "none", "None"];

    public string Name()
    {
        var token = tokens.ExpectName();
        return Constants.Contains(token.Text) ? throw new SyntaxException($"can't assign to '{token.Text}'", token.Line) : token.Text;
    }

    /// <param name="attributes">Whether attributes of namespaces may be assigned to.</param>
    public Target Parse(bool attributes = false)
    {
        var line = tokens.Line;
        var items = new List<Target>();
        var isTuple = false;
        while (!IsEnd())
        {
            items.Add(Single(attributes));
            if (!tokens.SkipOperator(","))
                break;
            isTuple = true;
        }
        return items.Count == 0 ? throw tokens.Unexpected("a name to assign to")
            : isTuple ? new Target.Tuple(items, line)
            : items[0];
    }

    private bool IsEnd() => tokens.Current.Kind == TokenKind.StatementEnd || tokens.IsOperator(")");

    private Target Single(bool attributes)
    {
        var line = tokens.Line;
        if (tokens.SkipOperator("("))
        {
            tokens.Enter();
            var inner = Parse();
            tokens.Leave();
            tokens.ExpectOperator(")");
            return inner;
        }
        var name = Name();
        return attributes && tokens.SkipOperator(".")
            ? new Target.Attribute(name, tokens.ExpectName().Text, line)
            : new Target.Name(name, line);
    }
}
