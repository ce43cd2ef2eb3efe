using System.Numerics;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Syntax;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Semantics;

/// <summary>Python's operators on numbers, strings and sequences.</summary>
internal static class Arithmetic
{
    public static Value Apply(BinaryOperator by, Value left, Value right, Budget budget) => (by, left, right) switch
    {
        (BinaryOperator.Modulo, StringValue format, _) => PercentFormat.Apply(format, right, budget),
        (_, UndefinedValue undefined, _) => throw undefined.Error(),
        (_, _, UndefinedValue undefined) => throw undefined.Error(),
        (_, NumberValue a, NumberValue b) => NumberArithmetic.Apply(by, a, b, budget),
        (BinaryOperator.Add, StringValue a, StringValue b) => Concat(a, b, budget),
        (BinaryOperator.Add, StringValue, _) => throw new EvaluationException($"can only concatenate str (not \"{right.TypeName}\") to str"),
        (BinaryOperator.Add, ListValue a, ListValue b) => Concat(a, b, budget),
        (BinaryOperator.Add, TupleValue a, TupleValue b) => Concat(a, b, budget),
        (BinaryOperator.Multiply, StringValue or SequenceValue, NumberValue { Whole: { } times }) => Repeat(left, times, budget),
        (BinaryOperator.Multiply, NumberValue { Whole: { } times }, StringValue or SequenceValue) => Repeat(right, times, budget),
        _ => throw new EvaluationException($"unsupported operand type(s) for {Symbol(by)}: '{left.TypeName}' and '{right.TypeName}'"),
    };

    public static Value Negate(Value value) => value switch
    {
        UndefinedValue undefined => throw undefined.Error(),
        NumberValue { Whole: { } whole } number => new IntValue(-whole, number.FromCaller),
        FloatValue number => new FloatValue(-number.Value, number.FromCaller),
        _ => throw new EvaluationException($"bad operand type for unary -: '{value.TypeName}'"),
    };

    public static Value Plus(Value value) => value switch
    {
        UndefinedValue undefined => throw undefined.Error(),
        NumberValue { Whole: { } whole } number => new IntValue(whole, number.FromCaller),
        FloatValue => value,
        _ => throw new EvaluationException($"bad operand type for unary +: '{value.TypeName}'"),
    };

    public static string Symbol(BinaryOperator by) => by switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.FloorDivide => "//",
        BinaryOperator.Modulo => "%",
        _ => "**",
    };

    private static StringValue Concat(StringValue a, StringValue b, Budget budget)
    {
        var markup = a.IsMarkup || b.IsMarkup;
        var builder = new TextBuilder(budget);
        builder.Append(markup ? Html.Escape(a, budget) : a);
        builder.Append(markup ? Html.Escape(b, budget) : b);
        return builder.ToValue(markup);
    }

    private static SequenceValue Concat(SequenceValue a, SequenceValue b, Budget budget)
    {
        budget.Step(a.Items.Count + b.Items.Count);
        return a.With([.. a.Items, .. b.Items]);
    }

    private static Value Repeat(Value value, BigInteger times, Budget budget)
    {
        var length = value is StringValue text ? text.Text.Length : value.Length!.Value;
        var count = length == 0 || times.Sign <= 0 ? 0 : times;
        if (count * length > budget.Limits.MaxTextLength)
            throw new EvaluationException(
                $"a repetition gives {count * length} elements; {budget.Limits.MaxTextLength} is the limit ({nameof(ChatTemplateLimits.MaxTextLength)}).");
        if (value is SequenceValue sequence)
        {
            budget.Step((long)(count * length));
            return sequence.With([.. Enumerable.Repeat(sequence.Items, (int)count).SelectMany(items => items)]);
        }
        var builder = new TextBuilder(budget);
        for (var i = 0; i < (int)count; i++)
            builder.Append((StringValue)value);
        return builder.ToValue(((StringValue)value).IsMarkup);
    }
}
