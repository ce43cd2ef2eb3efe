using System.Globalization;
using System.Numerics;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Printing;

/// <summary>Python's <c>format.format(...)</c> with the look-ups of the sandbox.</summary>
internal sealed class BraceFormat
{
    private readonly IReadOnlyList<Value> _positional;
    private readonly Value _named;
    private readonly bool _isMarkup;
    private readonly Budget _budget;
    private int? _next = 0;

    private BraceFormat(IReadOnlyList<Value> positional, Value named, bool isMarkup, Budget budget) =>
        (_positional, _named, _isMarkup, _budget) = (positional, named, isMarkup, budget);

    public static StringValue Apply(StringValue format, IReadOnlyList<Value> positional, Value named, RenderSession session) =>
        new BraceFormat(positional, named, format.IsMarkup, session.Budget).Expand(format, depth: 2).As(format.IsMarkup);

    private StringValue Expand(StringValue format, int depth)
    {
        if (depth == 0)
            throw new EvaluationException("Max string recursion exceeded");
        var text = format.Text;
        _budget.Write(text.Length);
        var builder = new TextBuilder(_budget);
        for (var at = 0; at < text.Length;)
        {
            var brace = text.AsSpan(at).IndexOfAny('{', '}');
            var literal = brace < 0 ? text.Length : at + brace;
            builder.Append(format, at, literal);
            if (brace < 0)
                break;
            _budget.Step();
            var doubled = literal + 1 < text.Length && text[literal + 1] == text[literal];
            if (doubled)
                builder.Append(format, literal, literal + 1);
            else if (text[literal] == '}')
                throw new EvaluationException("Single '}' encountered in format string");
            at = doubled ? literal + 2 : Field(format, literal + 1, depth, builder);
        }
        return builder.ToValue();
    }

    /// <summary>Writes a field that begins after its brace; gives the place after the closing one.</summary>
    private int Field(StringValue format, int start, int depth, TextBuilder builder)
    {
        var (nesting, inIndex, split, end) = (1, false, -1, start);
        for (; end < format.Text.Length; end++)
        {
            var character = format.Text[end];
            if (split < 0 && character is '[' or ']')
                inIndex = character == '[';
            if (inIndex)
                continue;
            if (split < 0 && character is ':' or '!')
                split = end;
            nesting += character switch { '{' => 1, '}' => -1, _ => 0 };
            if (nesting == 0)
                break;
        }
        if (nesting > 0)
            throw new EvaluationException(start == format.Text.Length ? "Single '{' encountered in format string" : "expected '}' before end of string");
        var nameEnd = split < 0 ? end : split;
        var conversion = split >= 0 && format.Text[split] == '!' ? Conversion(format.Text, ref split, end) : null;
        var value = Resolve(format.Text[start..nameEnd]);       // before the specification, whose fields count on
        var specification = split < 0 ? StringValue.Empty : Expand(format.Units(split + 1, end, _budget), depth - 1);
        value = conversion switch
        {
            null => value,
            's' => Printer.Str(value, _budget),
            'r' => Printer.Repr(value, _budget),
            _ => throw new EvaluationException($"Unknown conversion specifier {conversion}"),
        };
        var text = Format(value, specification);
        if (format.IsCaller(start - 1, end + 1))                // a caller's field decides what stands here
            builder.Append(text.Text, fromCaller: true);
        else
            builder.Append(text);
        return end + 1;
    }

    // After !r comes a colon or the end; split moves to the colon, or is none.
    private static char? Conversion(string text, ref int split, int end)
    {
        var after = split + 2;
        if (after > end || (after < end && text[after] != ':'))
            throw new EvaluationException("expected ':' after conversion specifier");
        var conversion = text[split + 1];
        split = after < end ? after : -1;
        return conversion;
    }

    private StringValue Format(Value value, StringValue specification)
    {
        if (!_isMarkup)
            return ValueFormat.Format(value, specification, _budget);
        if (value is StringValue { IsMarkup: true } && specification.Text.Length > 0)
            throw new EvaluationException("Unsupported format specification for Markup.");
        return value is StringValue { IsMarkup: true } markup ? markup : Html.Escape(ValueFormat.Format(value, specification, _budget), _budget);
    }

    private Value Resolve(string field)
    {
        var end = field.AsSpan().IndexOfAny('.', '[');
        var value = end < 0 && field.All(char.IsAsciiDigit) ? Numbered(field) : First(end < 0 ? field : field[..end]);
        for (var at = end < 0 ? field.Length : end; at < field.Length;)
        {
            _budget.Step();
            if (field[at] == '.')
            {
                var next = field.AsSpan(at + 1).IndexOfAny('.', '[');
                var stop = next < 0 ? field.Length : at + 1 + next;
                value = Lookup.Attribute(value, NotEmpty(field[(at + 1)..stop]), _budget);
                at = stop;
            }
            else
            {
                var close = field.IndexOf(']', at);
                if (field[at] != '[' || close < 0)
                    throw new EvaluationException("Missing ']' in format string");
                value = Lookup.Item(value, Index(NotEmpty(field[(at + 1)..close])), _budget);
                at = close + 1;
            }
        }
        return value;
    }

    /// <summary>A field that is only a number, or nothing and then takes the next one; the two do not mix.</summary>
    private Value Numbered(string field)
    {
        if (field.Length == 0)
            return At(_next++ ?? throw new EvaluationException("cannot switch from manual field specification to automatic field numbering"));
        if (_next > 0)
            throw new EvaluationException("cannot switch from automatic field numbering to manual field specification");
        _next = null;
        return First(field);
    }

    private Value First(string name) => name.Length > 0 && name.All(char.IsAsciiDigit)
        ? At(name.Length < 9 ? int.Parse(name, CultureInfo.InvariantCulture) : int.MaxValue)
        : _named.GetItem(StringValue.Template(name), _budget) ?? throw new EvaluationException($"the format asks for the missing key '{Excerpt.Of(name)}'");

    private Value At(int index) => index < _positional.Count
        ? _positional[index]
        : throw new EvaluationException($"Replacement index {index} out of range for positional args tuple");

    private static Value Index(string key) => key.Length < 1000 && key.All(char.IsAsciiDigit)
        ? new IntValue(BigInteger.Parse(key, CultureInfo.InvariantCulture))
        : StringValue.Template(key);

    private static string NotEmpty(string name) => name.Length > 0 ? name : throw new EvaluationException("Empty attribute in format string");
}
