using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Methods;

/// <summary>The methods of strings that look for another string.</summary>
internal static class SearchMethods
{
    public static IReadOnlyDictionary<string, Method<StringValue>> All { get; } = new Dictionary<string, Method<StringValue>>
    {
        ["count"] = Count,
        ["find"] = (self, arguments, session) => Find("find", self, arguments, session),
        ["index"] = (self, arguments, session) => Found(Find("index", self, arguments, session)),
        ["partition"] = (self, arguments, session) => Partition("partition", self, arguments, session, fromRight: false),
        ["rfind"] = (self, arguments, session) => Find("rfind", self, arguments, session),
        ["rindex"] = (self, arguments, session) => Found(Find("rindex", self, arguments, session)),
        ["rpartition"] = (self, arguments, session) => Partition("rpartition", self, arguments, session, fromRight: true),
    };

    public static BoolValue HasAffix(string name, StringValue self, Arguments arguments, RenderSession session)
    {
        var bound = arguments.Bind(name, 1, "/prefix", "/start", "/end");
        var affixes = bound[0] is TupleValue tuple ? tuple.Items : [bound[0]!];
        var range = Range(self, bound[1], bound[2], session.Budget);
        var found = false;
        foreach (var affix in affixes)
        {
            var text = StringMethods.Text(name, affix).Text;
            session.Budget.Step();
            session.Budget.Search(text.Length);
            found |= range is var (start, end) && (name == "startswith"
                ? self.Text.AsSpan(start, end - start).StartsWith(text, StringComparison.Ordinal)
                : self.Text.AsSpan(start, end - start).EndsWith(text, StringComparison.Ordinal));
        }
        return BoolValue.Of(found);
    }

    private static IntValue Count(StringValue self, Arguments arguments, RenderSession session)
    {
        var bound = arguments.Bind("count", 1, "/sub", "/start", "/end");
        var needle = StringMethods.Text("count", bound[0]).Text;
        if (Range(self, bound[1], bound[2], session.Budget) is not var (start, end))
            return new IntValue(0);
        return new IntValue(TextSearch.Occurrences(self.Units(start, end, session.Budget).Text, needle, session.Budget).Count());
    }

    private static IntValue Find(string name, StringValue self, Arguments arguments, RenderSession session)
    {
        var bound = arguments.Bind(name, 1, "/sub", "/start", "/end");
        var needle = StringMethods.Text(name, bound[0]).Text;
        if (Range(self, bound[1], bound[2], session.Budget) is not var (start, end))
            return new IntValue(-1);
        if (end < self.Text.Length)
            session.Budget.Write(end);
        var at = name[0] == 'r'
            ? TextSearch.LastIndexOf(self.Text, needle, start, end, session.Budget)
            : TextSearch.IndexOf(end < self.Text.Length ? self.Text[..end] : self.Text, needle, start, session.Budget);
        return new IntValue(at <= 0 || self.IsNarrow ? at : CodePoints.Count(self.Text.AsSpan(0, at)));
    }

    private static IntValue Found(IntValue at) => at.Value.Sign >= 0 ? at : throw new EvaluationException("substring not found");

    private static TupleValue Partition(string name, StringValue self, Arguments arguments, RenderSession session, bool fromRight)
    {
        var separator = StringMethods.Text(name, arguments.Bind(name, 1, "/sep")[0]).Text;
        if (separator.Length == 0)
            throw new EvaluationException("empty separator");
        var at = fromRight
            ? TextSearch.LastIndexOf(self.Text, separator, 0, self.Text.Length, session.Budget)
            : TextSearch.IndexOf(self.Text, separator, 0, session.Budget);
        var none = StringValue.Empty.As(self.IsMarkup);
        return at < 0
            ? new TupleValue(fromRight ? [none, none, self] : [self, none, none])
            : new TupleValue(
            [
                self.Units(0, at, session.Budget),
                self.Units(at, at + separator.Length, session.Budget),
                self.Units(at + separator.Length, self.Text.Length, session.Budget),
            ]);
    }

    /// <summary>The UTF-16 units between two positions of code points; null where the start is beyond the end.</summary>
    private static (int Start, int End)? Range(StringValue self, Value? start, Value? end, Budget budget)
    {
        if (!self.IsNarrow)
            budget.Search(self.Text.Length);
        var length = self.CodePointCount;
        var from = Position(start, 0, length);
        var to = Math.Min(Position(end, length, length), length);
        return from > to ? null : (self.Unit(from), self.Unit(to));
    }

    private static int Position(Value? value, int fallback, int length)
    {
        if (value is null or NoneValue)
            return fallback;
        var at = Indexes.Clamped(value);
        return at < 0 ? Math.Max(0, at + length) : at;
    }
}
