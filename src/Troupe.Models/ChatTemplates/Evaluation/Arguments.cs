using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Evaluation;

/// <summary>The arguments of a call. A name may be a caller's, where a caller's object was spread out.</summary>
internal sealed record Arguments(IReadOnlyList<Value> Positional, IReadOnlyList<KeyValuePair<StringValue, Value>> Keywords)
{
    public static Arguments None { get; } = new([], []);

    /// <summary>The arguments in the order of the parameters; null where one was not given.</summary>
    /// <param name="function">For messages.</param>
    /// <param name="required">How many of the parameters must be given.</param>
    /// <param name="parameters">Their names; a name that begins with a slash is taken by position only.</param>
    public Value?[] Bind(string function, int required, params ReadOnlySpan<string> parameters)
    {
        if (Positional.Count > parameters.Length)
            throw new EvaluationException($"{function}() takes at most {parameters.Length} arguments ({Positional.Count} given)");
        var bound = new Value?[parameters.Length];
        for (var i = 0; i < Positional.Count; i++)
            bound[i] = Positional[i];
        foreach (var (name, value) in Keywords)
        {
            var at = parameters.IndexOf(name.Text);
            if (at < 0)
                throw new EvaluationException($"{function}() got an unexpected keyword argument '{Excerpt.Of(name.Text)}'");
            if (bound[at] is not null)
                throw new EvaluationException($"{function}() got multiple values for argument '{name.Text}'");
            bound[at] = value;
        }
        for (var i = 0; i < required; i++)
            if (bound[i] is null)
                throw new EvaluationException($"{function}() is missing its argument '{parameters[i].TrimStart('/')}'");
        return bound;
    }

    /// <summary>The arguments by name as a dictionary.</summary>
    public DictValue KeywordsAsDict(Budget budget)
    {
        budget.Step(Keywords.Count);
        var entries = new OrderedDictionary<Value, Value>(budget.Comparer);
        foreach (var (name, value) in Keywords)
            if (!entries.TryAdd(name, value))
                throw new EvaluationException($"got multiple values for keyword argument '{Excerpt.Of(name.Text)}'");
        return new DictValue(entries);
    }
}
