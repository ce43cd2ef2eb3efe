using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Methods;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Filters;

/// <summary>Filters that compare elements with each other; without regard to case unless told otherwise.</summary>
internal static class OrderFilters
{
    public static IReadOnlyDictionary<string, Filter> All { get; } = new Dictionary<string, Filter>
    {
        ["dictsort"] = DictSort,
        ["groupby"] = GroupBy,
        ["max"] = (input, arguments, session) => Extreme("max", input, arguments, session),
        ["min"] = (input, arguments, session) => Extreme("min", input, arguments, session),
        ["sort"] = Sort,
        ["unique"] = Unique,
    };

    private static ListValue DictSort(Value input, Arguments arguments, RenderSession session)
    {
        var bound = arguments.Bind("dictsort", 0, "case_sensitive", "by", "reverse");
        var by = (bound[1] as StringValue)?.Text ?? "key";
        if (by is not ("key" or "value"))
            throw new EvaluationException("You can only sort by either \"key\" or \"value\"");
        if (input is UndefinedValue undefined)
            throw undefined.Error();
        var dict = input as DictValue ?? throw new EvaluationException($"'{input.TypeName}' object has no attribute 'items'");
        var position = by == "key" ? 0 : 1;
        return new ListValue(Ordering.Sort(
            new DictViewValue(dict, "items").Iterate(session.Budget),
            item => Key(((TupleValue)item).Items[position], IsSensitive(bound[0]), session),
            IsReverse(bound[2]),
            session.Budget));
    }

    private static ListValue Sort(Value input, Arguments arguments, RenderSession session)
    {
        var bound = arguments.Bind("sort", 0, "reverse", "case_sensitive", "attribute");
        var paths = AttributePath.Several(bound[2] ?? NoneValue.Instance, session);
        return new ListValue(Ordering.Sort(
            Iteration.Over(input, session.Budget),
            item => new ListValue([.. paths.Select(path => Key(path.Get(item), IsSensitive(bound[1]), session))]),
            IsReverse(bound[0]),
            session.Budget));
    }

    private static Value Extreme(string name, Value input, Arguments arguments, RenderSession session)
    {
        var bound = arguments.Bind(name, 0, "case_sensitive", "attribute");
        var path = new AttributePath(bound[1] ?? NoneValue.Instance, session);
        Value? best = null, bestKey = null;
        foreach (var item in Iteration.Over(input, session.Budget))
        {
            var key = Key(path.Get(item), IsSensitive(bound[0]), session);
            var isBetter = bestKey is null || (name == "max" ? Ordering.Compare(key, bestKey, ">", session.Budget) > 0 : Ordering.IsLess(key, bestKey, session.Budget));
            if (isBetter)
                (best, bestKey) = (item, key);
        }
        return best ?? new UndefinedValue("No aggregated item, sequence was empty.");
    }

    private static IteratorValue Unique(Value input, Arguments arguments, RenderSession session)
    {
        var bound = arguments.Bind("unique", 0, "case_sensitive", "attribute");
        var path = new AttributePath(bound[1] ?? NoneValue.Instance, session);
        return new IteratorValue(First(input, item => Key(path.Get(item), IsSensitive(bound[0]), session), session.Budget));
    }

    private static IEnumerable<Value> First(Value input, Func<Value, Value> key, Budget budget)
    {
        var seen = new HashSet<Value>(budget.Comparer);
        foreach (var item in Iteration.Over(input, budget))
        {
            var itemKey = key(item);
            ValueComparer.RequireHashable(itemKey);
            budget.Keep();
            if (seen.Add(itemKey))
                yield return item;
        }
    }

    private static ListValue GroupBy(Value input, Arguments arguments, RenderSession session)
    {
        var bound = arguments.Bind("groupby", 1, "attribute", "default", "case_sensitive");
        var path = new AttributePath(bound[0]!, session, bound[1]);
        Value KeyOf(Value item) => Key(path.Get(item), IsSensitive(bound[2]), session);
        var groups = new List<Value>();
        var group = new List<Value>();
        Value? key = null;
        foreach (var item in Ordering.Sort(Iteration.Over(input, session.Budget), KeyOf, reverse: false, session.Budget))
        {
            var itemKey = KeyOf(item);
            if (key is not null && !session.Budget.Comparer.Equals(key, itemKey))
            {
                groups.Add(new GroupValue(path.Get(group[0]), new ListValue(group)));
                group = [];
            }
            key = itemKey;
            group.Add(item);
        }
        if (group.Count > 0)
            groups.Add(new GroupValue(path.Get(group[0]), new ListValue(group)));
        return new ListValue(groups);
    }

    private static bool IsReverse(Value? argument) => argument is not null && !Indexes.Whole(argument).IsZero;

    private static bool IsSensitive(Value? argument) => argument?.IsTrue ?? false;

    private static Value Key(Value value, bool sensitive, RenderSession session) =>
        value is StringValue text && !sensitive ? Casing.Lower(text, session.Budget) : value;
}
