using System.Runtime.CompilerServices;
using Troupe.Models.ChatTemplates.Syntax;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Analysis;

/// <summary>Whether a template takes the content of messages apart. Follows the content through names and the parameters of macros.</summary>
internal sealed class ContentParts
{
    /// <summary>Filters that take a list's elements one by one.</summary>
    private static readonly string[] ElementFilters =
        ["batch", "groupby", "map", "reject", "rejectattr", "select", "selectattr", "slice", "sort", "unique"];

    /// <summary>Filters that give content on as it is.</summary>
    private static readonly string[] Passing = ["d", "default", "list", "reverse"];

    /// <summary>How often content is followed from name to name against the order of the text.</summary>
    private const int Rounds = 16;

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
        return Children.Tree(statements).OfType<Statement.For>().Any(loop => parts.IsContent(loop.Iterable))
            || Children.Expressions(statements).Any(parts.TakesApart);
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

    private bool IsContent(Expression? expression)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return IsContentItself(expression);
    }

    private bool IsContentItself(Expression? expression) => expression switch
    {
        Expression.Name name => _names.Contains(name.Identifier),
        Expression.Attribute attribute => attribute.Identifier == "content",
        Expression.Item item => IsText(item.Key, "content"),
        Expression.Slice slice => IsContent(slice.Target),
        Expression.Or or => IsContent(or.Left) || IsContent(or.Right),
        Expression.And and => IsContent(and.Right),
        Expression.Conditional conditional => IsContent(conditional.Then) || IsContent(conditional.Else),
        Expression.Filter filter => Passing.Contains(filter.Identifier) && IsContent(filter.Input),
        Expression.Call { Target: Expression.Attribute { Identifier: "get" }, Arguments.Positional: [var key, ..] } => IsText(key, "content"),
        _ => false,
    };

    private bool TakesApart(Expression expression) => expression switch
    {
        Expression.Filter filter => ElementFilters.Contains(filter.Identifier) && IsContent(filter.Input),
        // A member of an element: content[0].type, content[0]['text'], (content | first).text.
        Expression.Attribute attribute => IsElement(attribute.Target),
        Expression.Item item => item.Key is Expression.Literal { Value: StringValue } && IsElement(item.Target),
        _ => false,
    };

    private bool IsElement(Expression expression) => expression switch
    {
        Expression.Item item => item.Key is not Expression.Literal { Value: StringValue } && IsContent(item.Target),
        Expression.Filter filter => filter.Identifier is "first" or "last" && IsContent(filter.Input),
        _ => false,
    };

    private static bool IsText(Expression expression, string text) =>
        expression is Expression.Literal { Value: StringValue value } && value.Text == text;
}
