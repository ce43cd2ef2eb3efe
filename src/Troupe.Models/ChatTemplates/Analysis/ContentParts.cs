using System.Runtime.CompilerServices;
using Troupe.Models.ChatTemplates.Syntax;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Analysis;

/// <summary>
/// Whether a template takes the content of messages apart as a list. Content itself counts however it is looped over or indexed; what it was given to
/// under another name (a variable, a macro's parameter) only where members of a part are read, since such a name may stand for other lists too.
/// </summary>
internal sealed class ContentParts
{
    /// <summary>How often content is followed from name to name against the order of the text.</summary>
    private const int Rounds = 16;

    private static readonly string[] PartMembers = ["type", "text", "image", "image_url", "video", "video_url", "audio", "audio_url", "input_audio"];

    /// <summary>Filters that take a list's elements one by one.</summary>
    private static readonly string[] ElementFilters =
        ["batch", "groupby", "map", "reject", "rejectattr", "select", "selectattr", "slice", "sort", "unique"];

    /// <summary>Filters that give content on as it is.</summary>
    private static readonly string[] Passing = ["d", "default", "list", "reverse"];

    private readonly IReadOnlyList<Statement> _statements;
    private readonly Dictionary<string, MacroBody> _macros = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private ContentParts(IReadOnlyList<Statement> statements)
    {
        _statements = statements;
        foreach (var macro in Children.Tree(statements).OfType<Statement.Macro>())
            _macros[macro.Name] = macro.Body;
        for (int known = -1, round = 0; known < _names.Count && round < Rounds; round++)
        {
            known = _names.Count;
            Follow();
        }
    }

    public static bool AreRead(IReadOnlyList<Statement> statements)
    {
        var parts = new ContentParts(statements);
        return Children.Tree(statements).OfType<Statement.For>().Any(parts.LoopsOverParts) || Children.Expressions(statements).Any(parts.TakesApart);
    }

    /// <summary>Learns the names that content is given to.</summary>
    private void Follow()
    {
        foreach (var statement in Children.Tree(_statements))
        {
            IEnumerable<(Target Target, Expression Value)> assignments = statement switch
            {
                Statement.Set set => [(set.Target, set.Value)],
                Statement.With with => with.Bindings,
                _ => [],
            };
            foreach (var (target, value) in assignments)
                if (target is Target.Name name && IsContent(value))
                    _names.Add(name.Identifier);
        }
        foreach (var call in Children.Expressions(_statements).OfType<Expression.Call>())
            if (call.Target is Expression.Name macro && _macros.TryGetValue(macro.Identifier, out var body))
                Follow(call.Arguments, body.Parameters);
    }

    private void Follow(CallArguments arguments, IReadOnlyList<Parameter> parameters)
    {
        for (var i = 0; i < Math.Min(arguments.Positional.Count, parameters.Count); i++)
            if (IsContent(arguments.Positional[i]))
                _names.Add(parameters[i].Name);
        foreach (var (name, value) in arguments.Keywords)
            if (IsContent(value))
                _names.Add(name);
    }

    private bool LoopsOverParts(Statement.For loop) =>
        IsContent(loop.Iterable, named: false)
        || (IsContent(loop.Iterable) && loop.Target is Target.Name item && Children.Expressions([loop]).Any(expression => IsPart(expression, item.Identifier)));

    /// <summary>Whether an expression treats an item as a part: <c>item.type</c>, <c>item['text']</c>, <c>'image' in item</c>, or gives it to a macro.</summary>
    private bool IsPart(Expression expression, string item) => expression switch
    {
        Expression.Attribute attribute => PartMembers.Contains(attribute.Identifier) && IsName(attribute.Target, item),
        Expression.Item member => Text(member.Key) is { } key && PartMembers.Contains(key) && IsName(member.Target, item),
        Expression.Compare { Rest: [(ComparisonOperator.In, var owner), ..] } compare => Text(compare.First) is { } key && PartMembers.Contains(key) && IsName(owner, item),
        Expression.Call { Target: Expression.Name macro } call => _macros.ContainsKey(macro.Identifier) && call.Arguments.Positional.Any(argument => IsName(argument, item)),
        _ => false,
    };

    private bool TakesApart(Expression expression) => expression switch
    {
        Expression.Filter filter => ElementFilters.Contains(filter.Identifier)
            && (IsContent(filter.Input, named: false)
                || (IsContent(filter.Input) && Children.Of(filter.Arguments).Any(argument => Text(argument) is { } text && PartMembers.Contains(text)))),
        // A member of an element: content[0].type, content[0]['text'], (content | first).text.
        Expression.Attribute attribute => IsElement(attribute.Target, named: PartMembers.Contains(attribute.Identifier)),
        Expression.Item item => Text(item.Key) is { } key && IsElement(item.Target, named: PartMembers.Contains(key)),
        _ => false,
    };

    private bool IsElement(Expression expression, bool named) => expression switch
    {
        Expression.Item item => Text(item.Key) is null && IsContent(item.Target, named),
        Expression.Filter filter => filter.Identifier is "first" or "last" && IsContent(filter.Input, named),
        _ => false,
    };

    /// <param name="expression">An expression.</param>
    /// <param name="named">Whether names that content was given to count.</param>
    private bool IsContent(Expression? expression, bool named = true)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return expression switch
        {
            Expression.Name name => named && _names.Contains(name.Identifier),
            Expression.Attribute attribute => attribute.Identifier == "content",
            Expression.Item item => Text(item.Key) == "content",
            Expression.Slice slice => IsContent(slice.Target, named),
            Expression.Or or => IsContent(or.Left, named) || IsContent(or.Right, named),
            Expression.And and => IsContent(and.Right, named),
            Expression.Conditional conditional => IsContent(conditional.Then, named) || IsContent(conditional.Else, named),
            Expression.Filter filter => Passing.Contains(filter.Identifier) && IsContent(filter.Input, named),
            Expression.Call { Target: Expression.Attribute { Identifier: "get" }, Arguments.Positional: [var key, ..] } => Text(key) == "content",
            _ => false,
        };
    }

    private static bool IsName(Expression expression, string name) => expression is Expression.Name read && read.Identifier == name;

    private static string? Text(Expression expression) => expression is Expression.Literal { Value: StringValue text } ? text.Text : null;
}
