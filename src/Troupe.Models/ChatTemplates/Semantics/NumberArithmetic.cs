using System.Numerics;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Syntax;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Semantics;

/// <summary>Python's arithmetic: whole numbers of any size up to the limit, floored division, the sign of a remainder that of the divisor.</summary>
internal static class NumberArithmetic
{
    public static NumberValue Apply(BinaryOperator by, NumberValue a, NumberValue b, Budget budget)
    {
        var fromCaller = a.FromCaller || b.FromCaller;
        if (a.Whole is { } left && b.Whole is { } right)
        {
            if (by is BinaryOperator.Divide or BinaryOperator.FloorDivide or BinaryOperator.Modulo && right.IsZero)
                throw new EvaluationException("division by zero");
            if (by == BinaryOperator.Divide)
                return new FloatValue(Divide(left, right), fromCaller);
            if (by != BinaryOperator.Power || right.Sign >= 0)
                return new IntValue(Apply(by, left, right, budget), fromCaller);
        }
        return new FloatValue(Apply(by, a.Real, b.Real), fromCaller);
    }

    /// <summary>A whole number that is small enough to go on with.</summary>
    public static BigInteger Bounded(BigInteger value, Budget budget) =>
        value.GetBitLength() <= budget.Limits.MaxIntegerBits ? value : throw TooLarge(budget);

    private static BigInteger Apply(BinaryOperator by, BigInteger a, BigInteger b, Budget budget)
    {
        switch (by)
        {
            case BinaryOperator.Add:
                return Bounded(a + b, budget);
            case BinaryOperator.Subtract:
                return Bounded(a - b, budget);
            case BinaryOperator.Multiply:
                return Bounded(a * b, budget);
            case BinaryOperator.FloorDivide:
                var quotient = BigInteger.DivRem(a, b, out var rest);
                return !rest.IsZero && rest.Sign != b.Sign ? quotient - 1 : quotient;
            case BinaryOperator.Modulo:
                var remainder = a % b;
                return !remainder.IsZero && remainder.Sign != b.Sign ? remainder + b : remainder;
            default:
                if (BigInteger.Abs(a) > 1 && (BigInteger.Abs(a).GetBitLength() - 1) * b > budget.Limits.MaxIntegerBits)
                    throw TooLarge(budget);
                return BigInteger.Abs(a) > 1 ? Bounded(BigInteger.Pow(a, (int)b), budget)
                    : b.IsZero ? BigInteger.One
                    : a.Sign < 0 && b.IsEven ? BigInteger.One
                    : a;
        }
    }

    private static double Apply(BinaryOperator by, double a, double b)
    {
        switch (by)
        {
            case BinaryOperator.Add:
                return a + b;
            case BinaryOperator.Subtract:
                return a - b;
            case BinaryOperator.Multiply:
                return a * b;
            case BinaryOperator.Power:
                return Power(a, b);
        }
        if (b == 0)
            throw new EvaluationException("float division by zero");
        if (by == BinaryOperator.Divide)
            return a / b;
        var remainder = a % b;
        if (remainder == 0)
            remainder = Math.CopySign(0, b);
        else if (remainder < 0 != b < 0)
            remainder += b;
        if (by == BinaryOperator.Modulo)
            return remainder;
        var quotient = (a - remainder) / b;
        var floor = Math.Floor(quotient);
        return quotient == 0 ? Math.CopySign(0, a / b) : quotient - floor > 0.5 ? floor + 1 : floor;
    }

    private static double Power(double a, double b)
    {
        if (a == 0 && b < 0)
            throw new EvaluationException("0.0 cannot be raised to a negative power");
        if (a < 0 && double.IsFinite(a) && double.IsFinite(b) && !double.IsInteger(b))
            throw new EvaluationException("a power of a negative number with a fraction is a complex number, which templates do not have");
        var power = Math.Pow(a, b);
        return double.IsInfinity(power) && double.IsFinite(a) && double.IsFinite(b)
            ? throw new EvaluationException("the power is too large for a float")
            : power;
    }

    private static double Divide(BigInteger a, BigInteger b)
    {
        var (left, right) = ((double)a, (double)b);
        if (double.IsFinite(left) && double.IsFinite(right))
            return left / right;
        var shift = (int)Math.Max(0, b.GetBitLength() - 64);
        var quotient = (double)(a >> shift) / (double)(b >> shift);
        return double.IsInfinity(quotient) ? throw new EvaluationException("integer division result too large for a float") : quotient;
    }

    private static EvaluationException TooLarge(Budget budget) =>
        new($"a whole number takes more than {budget.Limits.MaxIntegerBits} bits ({nameof(ChatTemplateLimits.MaxIntegerBits)}).");
}
