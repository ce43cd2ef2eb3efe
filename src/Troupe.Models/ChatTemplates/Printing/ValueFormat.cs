using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Printing;

/// <summary>Python's <c>format(value, specification)</c>.</summary>
internal static class ValueFormat
{
    /// <param name="value">What is formatted.</param>
    /// <param name="specification">How; where any of it is a caller's, padding and digits are too.</param>
    /// <param name="budget">Pays for the text.</param>
    public static StringValue Format(Value value, StringValue specification, Budget budget)
    {
        if (specification.Text.Length == 0)
            return Printer.Str(value, budget);
        if (value is not (StringValue or NumberValue))
            throw new EvaluationException($"unsupported format string passed to {value.TypeName}.__format__");
        var spec = FormatSpec.Parse(specification.Text);
        var builder = new TextBuilder(budget);
        if (value is StringValue text)
        {
            if (spec.Type is not (null or 's') || spec.Align == '=' || spec.Sign != '-' || spec.Grouping is not null || spec.Alternate)
                throw new EvaluationException($"Invalid format specifier '{Excerpt.Of(specification.Text)}' for object of type 'str'");
            Pad("", Cut(text, spec.Precision, budget), spec, spec.Align ?? '<', specification.HasCaller, builder);
            return builder.ToValue();
        }
        var number = (NumberValue)value;
        var (sign, digits) = NumberFormat.Format(number, spec);
        budget.Write(NumberFormat.Work * (long)digits.Length);
        var fromCaller = number.FromCaller || specification.HasCaller;
        Pad(sign, StringValue.Of(digits, fromCaller), spec, spec.Align ?? (spec.PadsAfterSign ? '=' : '>'), fromCaller, builder);
        return builder.ToValue();
    }

    /// <summary>The first code points of a text.</summary>
    public static StringValue Cut(StringValue text, int? length, Budget budget) =>
        length < text.CodePointCount ? text.Units(0, text.Unit(length.Value), budget) : text;

    private static void Pad(string sign, StringValue text, FormatSpec spec, char align, bool fromCaller, TextBuilder builder)
    {
        var missing = Math.Max(0, spec.Width - sign.Length - text.CodePointCount);
        var before = align switch { '<' => 0, '^' => missing / 2, _ => missing };
        if (align == '=')
            builder.Append(sign, fromCaller);
        Fill(spec.Fill, before, fromCaller, builder);
        if (align != '=')
            builder.Append(sign, fromCaller);
        builder.Append(text);
        Fill(spec.Fill, missing - before, fromCaller, builder);
    }

    private static void Fill(string fill, int count, bool fromCaller, TextBuilder builder)
    {
        if (fill.Length == 1)
            builder.Append(fill[0], count, fromCaller);
        else
            for (var i = 0; i < count; i++)
                builder.Append(fill, fromCaller);
    }
}
