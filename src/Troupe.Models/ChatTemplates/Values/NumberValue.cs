using System.Numerics;

namespace Troupe.Models.ChatTemplates.Values;

/// <summary>A truth value, a whole number or a float: they compare and compute with each other.</summary>
internal abstract class NumberValue : Value
{
    /// <summary>Whether the number came from a caller: its digits are then caller text.</summary>
    public abstract bool FromCaller { get; }

    /// <summary>The value as a whole number; null for a float.</summary>
    public abstract BigInteger? Whole { get; }

    public abstract double Real { get; }
}
