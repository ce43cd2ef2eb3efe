using System.Numerics;

namespace Troupe.Models.ChatTemplates.Values;

/// <summary>A whole number of any size.</summary>
internal sealed class IntValue(BigInteger value, bool fromCaller = false) : NumberValue
{
    public BigInteger Value { get; } = value;

    public override string TypeName => "int";

    public override bool IsTrue => !Value.IsZero;

    public override bool FromCaller { get; } = fromCaller;

    public override BigInteger? Whole => Value;

    public override double Real => (double)Value;
}
