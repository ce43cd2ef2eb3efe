using System.Numerics;
using System.Runtime.CompilerServices;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Semantics;

/// <summary>Python's equality and hashing: numbers of different types are equal, strings are by their characters, containers by their elements.</summary>
internal sealed class ValueComparer(Budget budget) : IEqualityComparer<Value>
{
    public static bool IsHashable(Value value) => value switch
    {
        ListValue or DictValue => false,
        TupleValue tuple => tuple.IsHashable,
        _ => true,
    };

    public static void RequireHashable(Value value)
    {
        if (!IsHashable(value))
            throw new EvaluationException($"unhashable type: '{value.TypeName}'");
    }

    public bool Equals(Value? x, Value? y)
    {
        budget.Step();
        if (ReferenceEquals(x, y))
            return x is not FloatValue { Value: double.NaN };
        switch (x, y)
        {
            case (StringValue a, StringValue b):
                budget.Search(Math.Min(a.Text.Length, b.Text.Length));
                return a.Text == b.Text;
            case (NumberValue a, NumberValue b):
                return Numbers.Compare(a, b) == 0;
            case (UndefinedValue, UndefinedValue):
                return true;
            case (RangeValue a, RangeValue b):
                return a.Length == b.Length && (a.Length == 0 || (a.Start == b.Start && (a.Length == 1 || a.Step == b.Step)));
            case (ListValue a, ListValue b):
                return AreEqual(a, b);
            case (TupleValue a, TupleValue b):
                return AreEqual(a, b);
            case (DictValue a, DictValue b):
                return AreEqual(a, b);
            default:
                return false;
        }
    }

    public int GetHashCode(Value value)
    {
        budget.Step();
        switch (value)
        {
            case StringValue text:
                budget.Search(text.Text.Length);
                return text.Text.GetHashCode(StringComparison.Ordinal);
            case NumberValue { Whole: { } whole }:
                return whole.GetHashCode();
            case FloatValue number:
                return double.IsInteger(number.Value) ? new BigInteger(number.Value).GetHashCode() : number.Value.GetHashCode();
            case UndefinedValue:
                return 1;
            case TupleValue tuple:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                var hash = new HashCode();
                foreach (var item in tuple.Items)
                    hash.Add(GetHashCode(item));
                return hash.ToHashCode();
            default:
                return RuntimeHelpers.GetHashCode(value);
        }
    }

    private bool AreEqual(SequenceValue a, SequenceValue b)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (a.Items.Count != b.Items.Count)
            return false;
        for (var i = 0; i < a.Items.Count; i++)
            if (!Equals(a.Items[i], b.Items[i]))
                return false;
        return true;
    }

    private bool AreEqual(DictValue a, DictValue b)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (a.Entries.Count != b.Entries.Count)
            return false;
        foreach (var (key, value) in a.Entries)
            if (!b.Entries.TryGetValue(key, out var other) || !Equals(value, other))
                return false;
        return true;
    }
}
