using System.Numerics;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Semantics;

/// <summary>Positions in sequences and whole numbers as arguments.</summary>
internal static class Indexes
{
    /// <summary>The position that a key means; negative ones count from the end. False where it is none or out of range.</summary>
    public static bool TryGet(Value key, int count, out int index)
    {
        index = 0;
        if ((key as NumberValue)?.Whole is not { } whole)
            return false;
        if (whole.Sign < 0)
            whole += count;
        if (whole.Sign < 0 || whole >= count)
            return false;
        index = (int)whole;
        return true;
    }

    /// <summary>An argument that must be a whole number.</summary>
    public static BigInteger Whole(Value value) =>
        (value as NumberValue)?.Whole ?? throw new EvaluationException($"'{value.TypeName}' object cannot be interpreted as an integer");

    /// <summary>An argument that must be a whole number, held between two bounds that are beyond any use.</summary>
    public static int Clamped(Value value) => (int)BigInteger.Clamp(Whole(value), -int.MaxValue, int.MaxValue);
}
