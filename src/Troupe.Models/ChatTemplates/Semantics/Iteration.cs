using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Semantics;

/// <summary>Looping over values and their length.</summary>
internal static class Iteration
{
    public static IEnumerable<Value> Over(Value value, Budget budget) =>
        value.Iterate(budget) ?? throw new EvaluationException($"'{value.TypeName}' object is not iterable");

    /// <summary>The elements as a list of their own.</summary>
    public static IReadOnlyList<Value> ToList(Value value, Budget budget)
    {
        if (value is SequenceValue sequence)
        {
            budget.Step(sequence.Items.Count);
            return sequence.Items;
        }
        var items = new List<Value>();
        foreach (var item in Over(value, budget))
        {
            budget.Keep();
            items.Add(item);
        }
        return items;
    }

    public static int Length(Value value) => value.Length ?? throw new EvaluationException($"object of type '{value.TypeName}' has no len()");

    /// <summary>Python's <c>reversed</c>; null where it has no such order.</summary>
    public static IEnumerable<Value>? Reversed(Value value, Budget budget) => value switch
    {
        StringValue or SequenceValue or RangeValue or DictValue or DictViewValue or UndefinedValue => Backwards(ToList(value, budget)),
        _ => null,
    };

    private static IEnumerable<Value> Backwards(IReadOnlyList<Value> items)
    {
        for (var i = items.Count - 1; i >= 0; i--)
            yield return items[i];
    }
}
