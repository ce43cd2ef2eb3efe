using Troupe.Models.ChatTemplates.Syntax;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Evaluation;

/// <summary>Assigns values to targets, taking them apart where the target is a tuple.</summary>
internal static class Assignment
{
    public static void Assign(Target target, Value value, Scope scope, Budget budget)
    {
        switch (target)
        {
            case Target.Name name:
                scope.Set(name.Identifier, value);
                break;
            case Target.Attribute attribute:
                if (scope.Find(attribute.Namespace) is not NamespaceValue owner)
                    throw new EvaluationException("cannot assign attribute on non-namespace object");
                owner.Set(attribute.Identifier, value);
                break;
            case Target.Tuple tuple:
                var values = Unpack(value, tuple.Items.Count, budget);
                for (var i = 0; i < values.Count; i++)
                    Assign(tuple.Items[i], values[i], scope, budget);
                break;
        }
    }

    private static List<Value> Unpack(Value value, int count, Budget budget)
    {
        var elements = value.Iterate(budget) ?? throw new EvaluationException($"cannot unpack non-iterable {value.TypeName} object");
        var values = elements.Take(count + 1).ToList();
        if (values.Count > count)
            throw new EvaluationException($"too many values to unpack (expected {count})");
        return values.Count == count ? values : throw new EvaluationException($"not enough values to unpack (expected {count}, got {values.Count})");
    }
}
