namespace Troupe.Models.ChatTemplates.Values;

/// <summary>Gives its items in turn.</summary>
internal sealed class CyclerValue(IReadOnlyList<Value> items) : Value
{
    private int _position;

    public override string TypeName => "Cycler";

    public override string Description => "jinja2.utils.Cycler object";

    public override bool IsTrue => true;

    public override Value? GetAttribute(string name) => name switch
    {
        "current" => items[_position],
        "pos" => new IntValue(_position),
        "items" => new TupleValue(items),
        "next" => new BuiltinFunction(name, (arguments, _) =>
        {
            arguments.Bind(name, 0);
            var current = items[_position];
            _position = (_position + 1) % items.Count;
            return current;
        }),
        "reset" => new BuiltinFunction(name, (arguments, _) =>
        {
            arguments.Bind(name, 0);
            _position = 0;
            return NoneValue.Instance;
        }),
        _ => null,
    };
}
