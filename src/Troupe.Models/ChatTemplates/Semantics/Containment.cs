using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Semantics;

/// <summary>Python's <c>in</c>.</summary>
internal static class Containment
{
    public static bool Contains(Value container, Value item, Budget budget)
    {
        switch (container)
        {
            case StringValue text:
                return item is StringValue part
                    ? TextSearch.IndexOf(text.Text, part.Text, 0, budget) >= 0
                    : throw new EvaluationException($"'in <string>' requires string as left operand, not {item.TypeName}");
            case DictValue dict:
                ValueComparer.RequireHashable(item);
                return dict.Entries.ContainsKey(item);
            case DictViewValue { Kind: "keys" } keys:
                ValueComparer.RequireHashable(item);
                return keys.Dict.Entries.ContainsKey(item);
        }
        var elements = container.Iterate(budget) ?? throw new EvaluationException($"argument of type '{container.TypeName}' is not iterable");
        foreach (var element in elements)
            if (ReferenceEquals(element, item) || budget.Comparer.Equals(element, item))
                return true;
        return false;
    }
}
