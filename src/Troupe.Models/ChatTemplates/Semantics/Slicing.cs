using System.Numerics;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Semantics;

/// <summary>Python's <c>value[start:stop:step]</c>.</summary>
internal static class Slicing
{
    public static Value Slice(Value value, Value? start, Value? stop, Value? step, Budget budget)
    {
        if (value is UndefinedValue undefined)
            throw undefined.Error();
        if (value is not (StringValue or SequenceValue or RangeValue))
            throw new EvaluationException($"'{value.TypeName}' object cannot be sliced");
        var by = Bound(step) ?? BigInteger.One;
        if (by.IsZero)
            throw new EvaluationException("slice step cannot be zero");
        var length = value.Length!.Value;
        var (low, high) = by.Sign > 0 ? (0, length) : (-1, length - 1);
        var from = Position(Bound(start), length, low, high) ?? (by.Sign > 0 ? low : high);
        var to = Position(Bound(stop), length, low, high) ?? (by.Sign > 0 ? high : low);
        var stride = (int)BigInteger.Clamp(by, -int.MaxValue, int.MaxValue);
        var count = stride > 0 ? (from < to ? ((to - from - 1) / stride) + 1 : 0) : from > to ? ((from - to - 1) / -(long)stride) + 1 : 0;
        return value switch
        {
            StringValue text => Slice(text, from, stride, (int)count, budget),
            RangeValue range => new RangeValue(range.Start + (range.Step * from), range.Start + (range.Step * to), range.Step * stride, (int)count, range.FromCaller),
            _ => Slice((SequenceValue)value, from, stride, (int)count, budget),
        };
    }

    private static BigInteger? Bound(Value? value) => value switch
    {
        null or NoneValue => null,
        NumberValue { Whole: { } whole } => whole,
        _ => throw new EvaluationException("slice indices must be integers or None or have an __index__ method"),
    };

    private static int? Position(BigInteger? bound, int length, int low, int high) =>
        bound is { } at ? (int)BigInteger.Clamp(at.Sign < 0 ? at + length : at, low, high) : null;

    private static SequenceValue Slice(SequenceValue value, int from, int stride, int count, Budget budget)
    {
        budget.Step(count);
        var items = new Value[count];
        for (var i = 0; i < count; i++)
            items[i] = value.Items[from + (i * stride)];
        return value.With(items);
    }

    private static StringValue Slice(StringValue text, int from, int stride, int count, Budget budget)
    {
        if (count == 0)
            return StringValue.Empty.As(text.IsMarkup);
        if (!text.IsNarrow)
            budget.Search(text.Text.Length);
        if (stride == 1)
            return text.Units(text.Unit(from), text.Unit(from + count), budget);
        var units = text.IsNarrow ? null : Units(text);
        var builder = new TextBuilder(budget);
        for (var i = 0; i < count; i++)
        {
            var at = from + (i * stride);
            var unit = units is null ? at : units[at];
            builder.Append(text, unit, unit + CodePoints.Width(text.Text, unit));
        }
        return builder.ToValue(text.IsMarkup);
    }

    private static int[] Units(StringValue text)
    {
        var units = new int[text.CodePointCount];
        for (int i = 0, at = 0; i < units.Length; i++)
        {
            units[i] = at;
            at += CodePoints.Width(text.Text, at);
        }
        return units;
    }
}
