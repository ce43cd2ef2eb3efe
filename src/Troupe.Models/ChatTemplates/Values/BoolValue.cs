using System.Numerics;

namespace Troupe.Models.ChatTemplates.Values;

/// <summary>A truth value; it prints as one of two words, whoever chose it.</summary>
internal sealed class BoolValue : NumberValue
{
    private readonly bool _value;

    private BoolValue(bool value) => _value = value;

    public static BoolValue True { get; } = new(true);

    public static BoolValue False { get; } = new(false);

    public static BoolValue Of(bool value) => value ? True : False;

    public override string TypeName => "bool";

    public override bool IsTrue => _value;

    public override bool FromCaller => false;

    public override BigInteger? Whole => _value ? BigInteger.One : BigInteger.Zero;

    public override double Real => _value ? 1 : 0;
}
