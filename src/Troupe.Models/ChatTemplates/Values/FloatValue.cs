using System.Numerics;

namespace Troupe.Models.ChatTemplates.Values;

internal sealed class FloatValue(double value, bool fromCaller = false) : NumberValue
{
    public double Value { get; } = value;

    public override string TypeName => "float";

    public override bool IsTrue => Value != 0;

    public override bool FromCaller { get; } = fromCaller;

    public override BigInteger? Whole => null;

    public override double Real => Value;

    public override Value? GetAttribute(string name) =>
        name == "is_integer"
            ? new BuiltinFunction(name, (arguments, _) =>
            {
                arguments.Bind(name, 0);
                return BoolValue.Of(double.IsInteger(Value));
            })
            : null;
}
