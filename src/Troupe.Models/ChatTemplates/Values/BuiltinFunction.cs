using Troupe.Models.ChatTemplates.Evaluation;

namespace Troupe.Models.ChatTemplates.Values;

/// <summary>A function of the language or a method bound to its value.</summary>
internal sealed class BuiltinFunction(string name, Func<Arguments, RenderSession, Value> body) : CallableValue
{
    public override string Name => name;

    public override string TypeName => "builtin_function_or_method";

    public override Value Call(Arguments arguments, RenderSession session) => body(arguments, session);
}
