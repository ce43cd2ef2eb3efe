using System.Globalization;
using System.Numerics;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Syntax;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Filters;

/// <summary>Filters that give numbers.</summary>
internal static class NumberFilters
{
    public static IReadOnlyDictionary<string, Filter> All { get; } = new Dictionary<string, Filter>
    {
        ["abs"] = Abs,
        ["float"] = Float,
        ["int"] = Int,
        ["round"] = Round,
        ["sum"] = Sum,
    };

    private static Value Abs(Value input, Arguments arguments, RenderSession session)
    {
        arguments.Bind("abs", 0);
        return input switch
        {
            NumberValue { Whole: { } whole } number => new IntValue(BigInteger.Abs(whole), number.FromCaller),
            FloatValue number => new FloatValue(Math.Abs(number.Value), number.FromCaller),
            _ => throw new EvaluationException($"bad operand type for abs(): '{input.TypeName}'"),
        };
    }

    private static Value Int(Value input, Arguments arguments, RenderSession session)
    {
        var bound = arguments.Bind("int", 0, "default", "base");
        var fallback = bound[0] ?? new IntValue(0);
        switch (input)
        {
            case UndefinedValue undefined:
                throw undefined.Error();
            case NumberValue { Whole: { } whole } number:
                return new IntValue(whole, number.FromCaller);
            case FloatValue { Value: double.PositiveInfinity or double.NegativeInfinity }:
                throw new EvaluationException("cannot convert float infinity to integer");
            case FloatValue number:
                return double.IsNaN(number.Value) ? fallback : new IntValue(new BigInteger(number.Value), number.FromCaller);
            case StringValue text:
                session.Budget.Write(text.Text.Length);
                var radix = bound[1] is null ? 10 : bound[1] is NumberValue { Whole: not null } ? Indexes.Clamped(bound[1]!) : -1;
                if (NumberText.Whole(text.Text, radix, session.Budget) is { } parsed)
                    return new IntValue(parsed, text.HasCaller);
                return NumberText.Real(text.Text) is { } real && double.IsFinite(real) ? new IntValue(new BigInteger(real), text.HasCaller) : fallback;
            default:
                return fallback;
        }
    }

    private static Value Float(Value input, Arguments arguments, RenderSession session)
    {
        var fallback = arguments.Bind("float", 0, "default")[0] ?? new FloatValue(0);
        switch (input)
        {
            case UndefinedValue undefined:
                throw undefined.Error();
            case NumberValue number:
                return number.Whole is null || double.IsFinite(number.Real)
                    ? new FloatValue(number.Real, number.FromCaller)
                    : throw new EvaluationException("int too large to convert to float");
            case StringValue text:
                session.Budget.Write(text.Text.Length);
                return NumberText.Real(text.Text) is { } real ? new FloatValue(real, text.HasCaller) : fallback;
            default:
                return fallback;
        }
    }

    private static Value Round(Value input, Arguments arguments, RenderSession session)
    {
        var bound = arguments.Bind("round", 0, "precision", "method");
        var method = bound[1] is null ? "common" : (bound[1] as StringValue)?.Text;
        if (method is not ("common" or "ceil" or "floor"))
            throw new EvaluationException("method must be common, ceil or floor");
        if (input is UndefinedValue undefined)
            throw undefined.Error();
        var number = input as NumberValue ?? throw new EvaluationException($"type {input.TypeName} doesn't define __round__ method");
        var precision = bound[0] is null ? 0 : Indexes.Clamped(bound[0]!);
        if (method == "common")
            return number.Whole is { } whole ? new IntValue(RoundWhole(whole, precision), number.FromCaller) : RoundReal(number, precision);
        var scale = NumberArithmetic.Apply(BinaryOperator.Power, new IntValue(10), new IntValue(precision), session.Budget);
        var scaled = NumberArithmetic.Apply(BinaryOperator.Multiply, number, scale, session.Budget);
        if (!double.IsFinite(scaled.Real))
            throw new EvaluationException("cannot convert float infinity or NaN to integer");
        var steps = scaled.Whole ?? new BigInteger(method == "ceil" ? Math.Ceiling(scaled.Real) : Math.Floor(scaled.Real));
        return NumberArithmetic.Apply(BinaryOperator.Divide, new IntValue(steps, number.FromCaller), scale, session.Budget);
    }

    private static BigInteger RoundWhole(BigInteger value, int precision)
    {
        if (precision >= 0)
            return value;
        if (-precision > 5000)
            return BigInteger.Zero;
        var unit = BigInteger.Pow(10, -precision);
        var quotient = BigInteger.DivRem(BigInteger.Abs(value), unit, out var rest);
        var half = (rest * 2).CompareTo(unit);
        return (half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient) * unit * value.Sign;
    }

    private static FloatValue RoundReal(NumberValue number, int precision)
    {
        var value = number.Real;
        if (!double.IsFinite(value) || precision > 323)
            return new FloatValue(value, number.FromCaller);
        if (precision < -308)
            return new FloatValue(Math.CopySign(0, value), number.FromCaller);
        var digits = FloatText.Scaled(Math.Abs(value), precision).ToString(CultureInfo.InvariantCulture);
        return new FloatValue(Math.CopySign(double.Parse($"{digits}E{-precision}", CultureInfo.InvariantCulture), value), number.FromCaller);
    }

    private static Value Sum(Value input, Arguments arguments, RenderSession session)
    {
        var bound = arguments.Bind("sum", 0, "attribute", "start");
        var sum = bound[1] ?? new IntValue(0);
        if (sum is StringValue)
            throw new EvaluationException("sum() can't sum strings [use ''.join(seq) instead]");
        var path = bound[0] is null or NoneValue ? null : new AttributePath(bound[0]!, session);
        foreach (var item in Iteration.Over(input, session.Budget))
            sum = Arithmetic.Apply(BinaryOperator.Add, sum, path is null ? item : path.Get(item), session.Budget);
        return sum;
    }
}
