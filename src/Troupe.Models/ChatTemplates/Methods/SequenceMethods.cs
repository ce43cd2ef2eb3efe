using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Methods;

/// <summary>The methods of lists and tuples; those that change a list are kept from templates.</summary>
internal static class SequenceMethods
{
    public static Value? Find(SequenceValue self, string name) => (name, self) switch
    {
        ("count", _) => new BuiltinFunction(name, (arguments, session) => Count(self, arguments, session.Budget)),
        ("index", _) => new BuiltinFunction(name, (arguments, session) => Index(self, arguments, session.Budget)),
        ("copy", ListValue) => new BuiltinFunction(name, (arguments, _) => arguments.Bind(name, 0) is [] ? self.With(self.Items) : self),
        ("append" or "clear" or "extend" or "insert" or "pop" or "remove" or "reverse" or "sort", ListValue) => UndefinedValue.Unsafe("list", name),
        _ => null,
    };

    private static IntValue Count(SequenceValue self, Arguments arguments, Budget budget)
    {
        var value = arguments.Bind("count", 1, "/value")[0]!;
        return new IntValue(self.Items.Count(item => budget.Comparer.Equals(item, value)));
    }

    private static IntValue Index(SequenceValue self, Arguments arguments, Budget budget)
    {
        var bound = arguments.Bind("index", 1, "/value", "/start", "/stop");
        var start = Position(bound[1], 0, self.Items.Count);
        var stop = Position(bound[2], self.Items.Count, self.Items.Count);
        for (var i = start; i < Math.Min(stop, self.Items.Count); i++)
            if (budget.Comparer.Equals(self.Items[i], bound[0]!))
                return new IntValue(i);
        throw new EvaluationException($"the value is not in the {self.TypeName}");
    }

    private static int Position(Value? value, int fallback, int count)
    {
        if (value is null)
            return fallback;
        var at = Indexes.Clamped(value);
        return at < 0 ? Math.Max(0, at + count) : at;
    }
}
