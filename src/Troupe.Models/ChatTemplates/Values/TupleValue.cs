namespace Troupe.Models.ChatTemplates.Values;

internal class TupleValue(IReadOnlyList<Value> items) : SequenceValue(items)
{
    public override string TypeName => "tuple";

    public override SequenceValue With(IReadOnlyList<Value> items) => new TupleValue(items);
}
