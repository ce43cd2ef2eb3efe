using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Syntax;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Semantics;

/// <summary>The comparison operators.</summary>
internal static class Comparison
{
    public static bool Holds(ComparisonOperator by, Value left, Value right, Budget budget) => by switch
    {
        ComparisonOperator.Equal => budget.Comparer.Equals(left, right),
        ComparisonOperator.NotEqual => !budget.Comparer.Equals(left, right),
        ComparisonOperator.Less => Ordering.Compare(left, right, "<", budget) < 0,
        ComparisonOperator.LessOrEqual => Ordering.Compare(left, right, "<=", budget) <= 0,
        ComparisonOperator.Greater => Ordering.Compare(left, right, ">", budget) > 0,
        ComparisonOperator.GreaterOrEqual => Ordering.Compare(left, right, ">=", budget) >= 0,
        ComparisonOperator.In => Containment.Contains(right, left, budget),
        _ => !Containment.Contains(right, left, budget),
    };
}
