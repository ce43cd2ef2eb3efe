using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Methods;

/// <summary>The methods of dictionaries; those that change one are kept from templates.</summary>
internal static class DictMethods
{
    public static Value? Find(DictValue self, string name) => name switch
    {
        "get" => new BuiltinFunction(name, (arguments, _) => Get(self, arguments)),
        "keys" or "values" or "items" => new BuiltinFunction(name, (arguments, _) =>
        {
            arguments.Bind(name, 0);
            return new DictViewValue(self, name);
        }),
        "copy" => new BuiltinFunction(name, (arguments, _) =>
        {
            arguments.Bind(name, 0);
            return new DictValue(self.Entries);
        }),
        "fromkeys" => new BuiltinFunction(name, (_, _) => throw new EvaluationException("the dictionary method 'fromkeys' is not supported.")),
        "clear" or "pop" or "popitem" or "setdefault" or "update" => UndefinedValue.Unsafe("dict", name),
        _ => null,
    };

    private static Value Get(DictValue self, Arguments arguments)
    {
        var bound = arguments.Bind("get", 1, "/key", "/default");
        ValueComparer.RequireHashable(bound[0]!);
        return self.Entries.TryGetValue(bound[0]!, out var value) ? value : bound[1] ?? NoneValue.Instance;
    }
}
