using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Methods;
using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Filters;

/// <summary><c>tojson</c> as transformers defines it: Python's <c>json.dumps</c>, without HTML escapes and with non-ASCII characters as they are.</summary>
internal static class JsonFilter
{
    public static IReadOnlyDictionary<string, Filter> All { get; } = new Dictionary<string, Filter> { ["tojson"] = ToJson };

    private static StringValue ToJson(Value input, Arguments arguments, RenderSession session)
    {
        var bound = arguments.Bind("tojson", 0, "ensure_ascii", "indent", "separators", "sort_keys");
        var indent = bound[1] switch
        {
            null or NoneValue => null,
            StringValue text => text,
            var width => Padding.Spaces(Indexes.Clamped(width), session.Budget),
        };
        var separators = bound[2] is null or NoneValue ? [StringValue.Template(indent is null ? ", " : ","), StringValue.Template(": ")] : Pair(bound[2]!, session);
        var builder = new TextBuilder(session.Budget);
        new JsonWriter(builder, session.Budget)
        {
            EscapeNonAscii = bound[0]?.IsTrue ?? false,
            Indent = indent,
            ItemSeparator = separators[0],
            KeySeparator = separators[1],
            SortKeys = bound[3]?.IsTrue ?? false,
        }.Write(input);
        return builder.ToValue();
    }

    private static StringValue[] Pair(Value separators, RenderSession session)
    {
        var pair = Iteration.Over(separators, session.Budget).Take(3).OfType<StringValue>().ToArray();
        return pair.Length == 2 ? pair : throw new EvaluationException("tojson takes two strings as its separators");
    }
}
