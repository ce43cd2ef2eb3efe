using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Filters;

/// <summary>Filters on sequences and mappings as a whole.</summary>
internal static class SequenceFilters
{
    public static IReadOnlyDictionary<string, Filter> All { get; } = new Dictionary<string, Filter>
    {
        ["batch"] = Batch,
        ["count"] = Length,
        ["first"] = First,
        ["items"] = Items,
        ["join"] = Join,
        ["last"] = Last,
        ["length"] = Length,
        ["list"] = List,
        ["reverse"] = Reverse,
        ["slice"] = Slice,
    };

    private static IntValue Length(Value input, Arguments arguments, RenderSession session)
    {
        arguments.Bind("length", 0);
        return new IntValue(Iteration.Length(input));
    }

    private static Value First(Value input, Arguments arguments, RenderSession session)
    {
        arguments.Bind("first", 0);
        return Iteration.Over(input, session.Budget).FirstOrDefault() ?? new UndefinedValue("No first item, sequence was empty.");
    }

    private static Value Last(Value input, Arguments arguments, RenderSession session)
    {
        arguments.Bind("last", 0);
        var reversed = Iteration.Reversed(input, session.Budget) ?? throw new EvaluationException($"'{input.TypeName}' object is not reversible");
        return reversed.FirstOrDefault() ?? new UndefinedValue("No last item, sequence was empty.");
    }

    private static ListValue List(Value input, Arguments arguments, RenderSession session)
    {
        arguments.Bind("list", 0);
        return new ListValue(Iteration.ToList(input, session.Budget));
    }

    private static IteratorValue Items(Value input, Arguments arguments, RenderSession session)
    {
        arguments.Bind("items", 0);
        return new IteratorValue(Pairs(input, session.Budget));
    }

    private static IEnumerable<Value> Pairs(Value input, Budget budget)
    {
        if (input is UndefinedValue)
            yield break;
        var dict = input as DictValue ?? throw new EvaluationException("Can only get item pairs from a mapping.");
        foreach (var pair in new DictViewValue(dict, "items").Iterate(budget))
            yield return pair;
    }

    private static StringValue Join(Value input, Arguments arguments, RenderSession session)
    {
        var budget = session.Budget;
        var bound = arguments.Bind("join", 0, "d", "attribute");
        var separator = bound[0] is null ? StringValue.Empty : Printer.Str(bound[0]!, budget);
        var path = bound[1] is null or NoneValue ? null : new AttributePath(bound[1]!, session);
        var builder = new TextBuilder(budget);
        var first = true;
        foreach (var item in Iteration.Over(input, budget))
        {
            if (!first)
                builder.Append(separator);
            first = false;
            Printer.Str(path is null ? item : path.Get(item), builder, budget);
        }
        return builder.ToValue();
    }

    private static Value Reverse(Value input, Arguments arguments, RenderSession session)
    {
        arguments.Bind("reverse", 0);
        if (input is StringValue)
            return Slicing.Slice(input, null, null, new IntValue(-1), session.Budget);
        if (Iteration.Reversed(input, session.Budget) is { } reversed)
            return new IteratorValue(reversed, "list_reverseiterator");
        var elements = input.Iterate(session.Budget) ?? throw new EvaluationException("argument must be iterable");
        return new ListValue([.. elements.Reverse()]);
    }

    private static IteratorValue Batch(Value input, Arguments arguments, RenderSession session)
    {
        var bound = arguments.Bind("batch", 1, "linecount", "fill_with");
        return new IteratorValue(Batches(input, bound[0]!, bound[1], session.Budget));
    }

    private static IEnumerable<Value> Batches(Value input, Value lineCount, Value? fill, Budget budget)
    {
        var size = Indexes.Clamped(lineCount);
        var batch = new List<Value>();
        foreach (var item in Iteration.Over(input, budget))
        {
            if (batch.Count == size)
            {
                yield return new ListValue(batch);
                batch = [];
            }
            batch.Add(item);
        }
        if (batch.Count == 0)
            yield break;
        if (fill is not (null or NoneValue) && batch.Count < size)
        {
            budget.Step(size - batch.Count);
            batch.AddRange(Enumerable.Repeat(fill, size - batch.Count));
        }
        yield return new ListValue(batch);
    }

    private static IteratorValue Slice(Value input, Arguments arguments, RenderSession session)
    {
        var bound = arguments.Bind("slice", 1, "slices", "fill_with");
        return new IteratorValue(Slices(input, bound[0]!, bound[1], session.Budget));
    }

    private static IEnumerable<Value> Slices(Value input, Value count, Value? fill, Budget budget)
    {
        var slices = Indexes.Clamped(count);
        var items = Iteration.ToList(input, budget);
        if (slices == 0)
            throw new EvaluationException("integer division or modulo by zero");
        if (slices < 0)
            yield break;
        var (size, extra) = (items.Count / slices, items.Count % slices);
        for (int slice = 0, start = 0; slice < slices; slice++)
        {
            var end = start + size + (slice < extra ? 1 : 0);
            var part = items.Skip(start).Take(end - start).ToList();
            budget.Step(part.Count);
            if (fill is not (null or NoneValue) && slice >= extra)
                part.Add(fill);
            yield return new ListValue(part);
            start = end;
        }
    }
}
