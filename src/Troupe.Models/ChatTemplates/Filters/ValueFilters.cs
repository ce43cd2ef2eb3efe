using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Filters;

/// <summary>Filters on values of any kind.</summary>
internal static class ValueFilters
{
    public static IReadOnlyDictionary<string, Filter> All { get; } = new Dictionary<string, Filter>
    {
        ["attr"] = Attribute,
        ["d"] = Default,
        ["default"] = Default,
    };

    private static Value Attribute(Value input, Arguments arguments, RenderSession session)
    {
        var name = arguments.Bind("attr", 1, "name")[0] as StringValue ?? throw new EvaluationException("attribute name must be string");
        if (input is UndefinedValue undefined)
            throw undefined.Error();
        return Lookup.PythonAttribute(input, name.Text) ?? UndefinedValue.Attribute(input, Excerpt.Of(name.Text));
    }

    private static Value Default(Value input, Arguments arguments, RenderSession session)
    {
        var bound = arguments.Bind("default", 0, "default_value", "boolean");
        return input is UndefinedValue || (bound[1]?.IsTrue == true && !input.IsTrue) ? bound[0] ?? StringValue.Empty : input;
    }
}
