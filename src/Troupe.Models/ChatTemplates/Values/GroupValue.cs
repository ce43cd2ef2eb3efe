namespace Troupe.Models.ChatTemplates.Values;

/// <summary>What <c>groupby</c> gives: a pair that also answers to <c>grouper</c> and <c>list</c>.</summary>
internal sealed class GroupValue(Value grouper, ListValue list) : TupleValue([grouper, list])
{
    public override string TypeName => "_GroupTuple";

    public override Value? GetAttribute(string name) => name switch
    {
        "grouper" => Items[0],
        "list" => Items[1],
        _ => base.GetAttribute(name),
    };
}
