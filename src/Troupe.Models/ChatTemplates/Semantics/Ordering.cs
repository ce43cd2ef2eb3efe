using System.Runtime.CompilerServices;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Semantics;

/// <summary>Python's order: of numbers, of strings by code point, of lists and tuples element by element.</summary>
internal static class Ordering
{
    /// <summary>Negative, zero or positive; null where a float is not a number and every comparison is false.</summary>
    /// <param name="symbol">The operator, for the error when the two have no order.</param>
    public static int? Compare(Value left, Value right, string symbol, Budget budget)
    {
        budget.Step();
        switch (left, right)
        {
            case (UndefinedValue undefined, _):
                throw undefined.Error();
            case (_, UndefinedValue undefined):
                throw undefined.Error();
            case (NumberValue a, NumberValue b):
                return Numbers.Compare(a, b);
            case (StringValue a, StringValue b):
                budget.Search(Math.Min(a.Text.Length, b.Text.Length));
                return CodePoints.Compare(a.Text, b.Text);
            case (ListValue a, ListValue b):
                return Compare(a, b, symbol, budget);
            case (TupleValue a, TupleValue b):
                return Compare(a, b, symbol, budget);
            default:
                throw new EvaluationException($"'{symbol}' not supported between instances of '{left.TypeName}' and '{right.TypeName}'");
        }
    }

    public static bool IsLess(Value left, Value right, Budget budget) => Compare(left, right, "<", budget) < 0;

    /// <summary>Sorts stably, as Python does.</summary>
    public static List<Value> Sort(IEnumerable<Value> items, Func<Value, Value> key, bool reverse, Budget budget)
    {
        var keyed = items.Select(Keyed).ToArray();
        var order = new int[keyed.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        MergeSort(order, new int[order.Length], (a, b) => reverse
            ? IsLess(keyed[a].Key, keyed[b].Key, budget)
            : IsLess(keyed[b].Key, keyed[a].Key, budget));
        return [.. order.Select(at => keyed[at].Item)];

        (Value Item, Value Key) Keyed(Value item)
        {
            budget.Keep();
            return (item, key(item));
        }
    }

    // Not Array.Sort: it is unstable, and an order that contradicts itself (floats that are not numbers) would throw.
    private static void MergeSort(Span<int> order, Span<int> buffer, Func<int, int, bool> isAfter)
    {
        if (order.Length < 2)
            return;
        var half = order.Length / 2;
        MergeSort(order[..half], buffer[..half], isAfter);
        MergeSort(order[half..], buffer[half..], isAfter);
        order.CopyTo(buffer);
        for (int left = 0, right = half, at = 0; at < order.Length; at++)
            order[at] = right == order.Length || (left < half && !isAfter(buffer[left], buffer[right])) ? buffer[left++] : buffer[right++];
    }

    private static int? Compare(SequenceValue a, SequenceValue b, string symbol, Budget budget)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var common = Math.Min(a.Items.Count, b.Items.Count);
        for (var i = 0; i < common; i++)
            if (!budget.Comparer.Equals(a.Items[i], b.Items[i]))
                return Compare(a.Items[i], b.Items[i], symbol, budget);
        return a.Items.Count.CompareTo(b.Items.Count);
    }
}
