using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Methods;
using Troupe.Models.ChatTemplates.Semantics;

namespace Troupe.Models.ChatTemplates.Values;

/// <summary>A list or a tuple.</summary>
internal abstract class SequenceValue(IReadOnlyList<Value> items) : Value
{
    public IReadOnlyList<Value> Items { get; } = items;

    public override int? Length => Items.Count;

    /// <summary>Another of the same kind.</summary>
    public abstract SequenceValue With(IReadOnlyList<Value> items);

    public override Value? GetAttribute(string name) => SequenceMethods.Find(this, name);

    public override Value? GetItem(Value key, Budget budget) => Indexes.TryGet(key, Items.Count, out var at) ? Items[at] : null;

    public override IEnumerable<Value> Iterate(Budget budget)
    {
        foreach (var item in Items)
        {
            budget.Step();
            yield return item;
        }
    }
}
