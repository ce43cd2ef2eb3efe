using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Methods;
using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.Text;

namespace Troupe.Models.ChatTemplates.Values;

/// <summary>A string that knows which of its characters came from a caller. Positions that templates see count code points, as Python does.</summary>
internal sealed class StringValue : Value
{
    private readonly TextSpan[] _caller;
    private int _length = -1;

    /// <param name="text">The characters.</param>
    /// <param name="caller">Spans of UTF-16 units from a caller: sorted, disjoint, not empty.</param>
    /// <param name="isMarkup">Marked as safe for HTML: joining escapes what is not.</param>
    public StringValue(string text, TextSpan[] caller, bool isMarkup = false) => (Text, _caller, IsMarkup) = (text, caller, isMarkup);

    public static StringValue Empty { get; } = new("", []);

    public string Text { get; }

    public ReadOnlySpan<TextSpan> Caller => _caller;

    public bool IsMarkup { get; }

    public override string TypeName => IsMarkup ? "Markup" : "str";

    public override string Description => IsMarkup ? "markupsafe.Markup object" : "str object";

    /// <summary>Number of code points.</summary>
    public override int? Length => CodePointCount;

    public int CodePointCount => _length >= 0 ? _length : _length = CodePoints.Count(Text);

    /// <summary>Whether every code point is one UTF-16 unit.</summary>
    public bool IsNarrow => CodePointCount == Text.Length;

    /// <summary>Text of the template's own.</summary>
    public static StringValue Template(string text) => text.Length == 0 ? Empty : new StringValue(text, []);

    public static StringValue FromCaller(string text) => text.Length == 0 ? Empty : new StringValue(text, [new TextSpan(0, text.Length)]);

    public static StringValue Of(string text, bool fromCaller) => fromCaller ? FromCaller(text) : Template(text);

    public bool HasCaller => _caller.Length > 0;

    /// <summary>Whether any of the UTF-16 units [start, end) came from a caller.</summary>
    public bool IsCaller(int start, int end)
    {
        var at = FirstSpanAfter(start);
        return at < _caller.Length && _caller[at].Start < end;
    }

    /// <summary>Number of the first span that ends after a position.</summary>
    public int FirstSpanAfter(int position)
    {
        int low = 0, high = _caller.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_caller[middle].End <= position)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>The UTF-16 units [start, end).</summary>
    public StringValue Units(int start, int end, Budget budget)
    {
        if (start == 0 && end == Text.Length)
            return this;
        var builder = new TextBuilder(budget);
        builder.Append(this, start, end);
        return builder.ToValue(IsMarkup);
    }

    public StringValue As(bool markup) => markup == IsMarkup ? this : new StringValue(Text, _caller, markup);

    /// <summary>The UTF-16 unit at which a code point begins.</summary>
    public int Unit(int codePoint) => IsNarrow ? codePoint : CodePoints.Unit(Text, codePoint);

    public override Value? GetAttribute(string name) => StringMethods.Find(this, name);

    public override Value? GetItem(Value key, Budget budget)
    {
        if (!Indexes.TryGet(key, CodePointCount, out var at))
            return null;
        if (!IsNarrow)
            budget.Search(Text.Length);
        var start = Unit(at);
        return Units(start, start + CodePoints.Width(Text, start), budget);
    }

    public override IEnumerable<Value> Iterate(Budget budget)
    {
        var plain = As(markup: false);
        for (int at = 0, width; at < Text.Length; at += width)
        {
            budget.Step();
            width = CodePoints.Width(Text, at);
            yield return plain.Units(at, at + width, budget);
        }
    }

    public override string ToString() => Text;
}
