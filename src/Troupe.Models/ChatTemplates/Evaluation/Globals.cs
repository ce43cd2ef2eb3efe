using System.Numerics;
using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Evaluation;

/// <summary>The functions that every template has: Jinja's and the two of transformers.</summary>
internal static class Globals
{
    public static void AddTo(Scope scope)
    {
        Add("range", Range);
        Add("dict", Dict);
        Add("namespace", Namespace);
        Add("cycler", Cycler);
        Add("joiner", Joiner);
        Add("raise_exception", RaiseException);
        Add("strftime_now", Now);

        void Add(string name, Func<Arguments, RenderSession, Value> body) => scope.Set(name, new BuiltinFunction(name, body));
    }

    private static RangeValue Range(Arguments arguments, RenderSession session)
    {
        var bound = arguments.Bind("range", 1, "/start", "/stop", "/step");
        var (start, stop) = bound[1] is null ? (BigInteger.Zero, Indexes.Whole(bound[0]!)) : (Indexes.Whole(bound[0]!), Indexes.Whole(bound[1]!));
        var step = bound[2] is null ? BigInteger.One : Indexes.Whole(bound[2]!);
        if (step.IsZero)
            throw new EvaluationException("range() arg 3 must not be zero");
        var count = BigInteger.Max(BigInteger.Zero, step.Sign > 0 ? (stop - start + step - 1) / step : (start - stop - step - 1) / -step);
        var limit = session.Budget.Limits.MaxRange;
        return count <= limit
            ? new RangeValue(start, stop, step, (int)count, bound.Any(bound => bound is NumberValue { FromCaller: true }))
            : throw new EvaluationException($"range of {count} numbers; {limit} is the limit ({nameof(ChatTemplateLimits.MaxRange)}).");
    }

    private static DictValue Dict(Arguments arguments, RenderSession session)
    {
        if (arguments.Positional.Count > 1)
            throw new EvaluationException($"dict expected at most 1 argument, got {arguments.Positional.Count}");
        var entries = new OrderedDictionary<Value, Value>(session.Budget.Comparer);
        if (arguments.Positional is [DictValue other])
            foreach (var (key, value) in other.Entries)
                entries[key] = value;
        else if (arguments.Positional is [{ } pairs])
            foreach (var pair in Iteration.Over(pairs, session.Budget))
            {
                if (Iteration.Over(pair, session.Budget).Take(3).ToArray() is not [var key, var value])
                    throw new EvaluationException("dict takes a mapping or pairs");
                DictValue.Put(entries, key, value);
            }
        session.Budget.Step(entries.Count);
        foreach (var (name, value) in arguments.KeywordsAsDict(session.Budget).Entries)
            entries[name] = value;
        return new DictValue(entries);
    }

    private static NamespaceValue Namespace(Arguments arguments, RenderSession session) => new(Dict(arguments, session));

    private static CyclerValue Cycler(Arguments arguments, RenderSession session) =>
        arguments.Keywords.Count == 0 && arguments.Positional.Count > 0
            ? new CyclerValue(arguments.Positional)
            : throw new EvaluationException("cycler: at least one item has to be provided");

    private static JoinerValue Joiner(Arguments arguments, RenderSession session) =>
        new(arguments.Bind("joiner", 0, "sep")[0] ?? StringValue.Template(", "));

    private static Value RaiseException(Arguments arguments, RenderSession session) =>
        throw new EvaluationException(Excerpt.Of(Printer.Str(arguments.Bind("raise_exception", 1, "message")[0]!, session.Budget).Text, 1000));

    private static StringValue Now(Arguments arguments, RenderSession session)
    {
        var format = arguments.Bind("strftime_now", 1, "format")[0] as StringValue ?? throw new EvaluationException("strftime_now takes a string");
        var now = session.Now ?? throw new EvaluationException(
            $"the template asks for the time and was given none ({nameof(ChatTemplateInput)}.{nameof(ChatTemplateInput.Now)}).");
        return TimeFormat.Format(now, format, session.Budget);
    }
}
