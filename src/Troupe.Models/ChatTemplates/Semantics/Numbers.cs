using System.Numerics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Semantics;

/// <summary>Order of numbers across their types.</summary>
internal static class Numbers
{
    /// <summary>Whole numbers up to here are floats without loss.</summary>
    private static readonly BigInteger Exact = BigInteger.One << 53;

    /// <summary>Negative, zero or positive; null where one of the two is not a number.</summary>
    public static int? Compare(NumberValue a, NumberValue b)
    {
        if (a.Whole is { } left && b.Whole is { } right)
            return left.CompareTo(right);
        if (double.IsNaN(a.Real) || double.IsNaN(b.Real))
            return null;
        return Wide(a) && double.IsFinite(b.Real) ? a.Whole!.Value.CompareTo(new BigInteger(Math.Floor(b.Real)))
            : Wide(b) && double.IsFinite(a.Real) ? new BigInteger(Math.Floor(a.Real)).CompareTo(b.Whole!.Value)
            : a.Real.CompareTo(b.Real);
    }

    // A float next to a whole number of more than 53 bits either has no fraction or is far smaller: its floor orders them.
    private static bool Wide(NumberValue number) => number.Whole is { } whole && BigInteger.Abs(whole) > Exact;
}
