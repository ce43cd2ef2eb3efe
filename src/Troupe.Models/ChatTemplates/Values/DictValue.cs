using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Methods;
using Troupe.Models.ChatTemplates.Semantics;

namespace Troupe.Models.ChatTemplates.Values;

/// <summary>A dictionary, in order of insertion.</summary>
internal sealed class DictValue(OrderedDictionary<Value, Value> entries) : Value
{
    public OrderedDictionary<Value, Value> Entries { get; } = entries;

    public override string TypeName => "dict";

    public override int? Length => Entries.Count;

    /// <summary>An entry is added, or takes the value of the earlier one of an equal key.</summary>
    public static void Put(OrderedDictionary<Value, Value> entries, Value key, Value value)
    {
        ValueComparer.RequireHashable(key);
        entries[key] = value;
    }

    public override Value? GetAttribute(string name) => DictMethods.Find(this, name);

    public override Value? GetItem(Value key, Budget budget) =>
        ValueComparer.IsHashable(key) && Entries.TryGetValue(key, out var value) ? value : null;

    public override IEnumerable<Value> Iterate(Budget budget)
    {
        foreach (var key in Entries.Keys)
        {
            budget.Step();
            yield return key;
        }
    }
}
