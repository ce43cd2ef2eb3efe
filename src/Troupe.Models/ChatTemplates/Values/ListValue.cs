namespace Troupe.Models.ChatTemplates.Values;

internal sealed class ListValue(IReadOnlyList<Value> items) : SequenceValue(items)
{
    public override string TypeName => "list";

    public override SequenceValue With(IReadOnlyList<Value> items) => new ListValue(items);
}
