using Troupe.Models.ChatTemplates.Semantics;

namespace Troupe.Models.ChatTemplates.Values;

internal class TupleValue(IReadOnlyList<Value> items) : SequenceValue(items)
{
    /// <summary>Whether it may be the key of a dictionary: all elements may.</summary>
    public bool IsHashable { get; } = items.All(ValueComparer.IsHashable);

    public override string TypeName => "tuple";

    public override SequenceValue With(IReadOnlyList<Value> items) => new TupleValue(items);
}
