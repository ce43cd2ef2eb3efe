using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Tests;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Filters;

/// <summary>Filters that take elements one by one: they give generators and do their work when those are looped over.</summary>
internal static class SelectionFilters
{
    public static IReadOnlyDictionary<string, Filter> All { get; } = new Dictionary<string, Filter>
    {
        ["map"] = Map,
        ["select"] = (input, arguments, session) => Select(input, arguments, session, keep: true, byAttribute: false),
        ["reject"] = (input, arguments, session) => Select(input, arguments, session, keep: false, byAttribute: false),
        ["selectattr"] = (input, arguments, session) => Select(input, arguments, session, keep: true, byAttribute: true),
        ["rejectattr"] = (input, arguments, session) => Select(input, arguments, session, keep: false, byAttribute: true),
    };

    private static IteratorValue Map(Value input, Arguments arguments, RenderSession session) => new(Mapped(input, arguments, session));

    private static IEnumerable<Value> Mapped(Value input, Arguments arguments, RenderSession session)
    {
        if (!input.IsTrue)
            yield break;
        var change = Change(arguments, session);
        foreach (var item in Iteration.Over(input, session.Budget))
            yield return change(item);
    }

    private static Func<Value, Value> Change(Arguments arguments, RenderSession session)
    {
        if (arguments.Positional.Count == 0 && arguments.Keywords.Any(keyword => keyword.Key.Text == "attribute"))
        {
            var bound = arguments.Bind("map", 1, "attribute", "default");
            return new AttributePath(bound[0]!, session, bound[1]).Get;
        }
        if (arguments.Positional.Count == 0)
            throw new EvaluationException("map requires a filter argument");
        var name = (arguments.Positional[0] as StringValue)?.Text ?? throw new EvaluationException("map takes the name of a filter");
        var rest = arguments with { Positional = [.. arguments.Positional.Skip(1)] };
        return item => FilterTable.Apply(name, item, rest, session);
    }

    private static IteratorValue Select(Value input, Arguments arguments, RenderSession session, bool keep, bool byAttribute) =>
        new(Selected(input, arguments, session, keep, byAttribute));

    private static IEnumerable<Value> Selected(Value input, Arguments arguments, RenderSession session, bool keep, bool byAttribute)
    {
        if (!input.IsTrue)
            yield break;
        if (byAttribute && arguments.Positional.Count == 0)
            throw new EvaluationException("Missing parameter for attribute name");
        var path = byAttribute ? new AttributePath(arguments.Positional[0], session) : null;
        var test = Condition(byAttribute ? [.. arguments.Positional.Skip(1)] : arguments.Positional, arguments.Keywords, session);
        foreach (var item in Iteration.Over(input, session.Budget))
            if (test(path is null ? item : path.Get(item)) == keep)
                yield return item;
    }

    private static Func<Value, bool> Condition(IReadOnlyList<Value> positional, IReadOnlyList<KeyValuePair<StringValue, Value>> keywords, RenderSession session)
    {
        if (positional.Count == 0)
            return value => value.IsTrue;
        var name = (positional[0] as StringValue)?.Text ?? throw new EvaluationException("the name of a test must be a string");
        var rest = new Arguments([.. positional.Skip(1)], keywords);
        return value => TestTable.Apply(name, value, rest, session);
    }
}
