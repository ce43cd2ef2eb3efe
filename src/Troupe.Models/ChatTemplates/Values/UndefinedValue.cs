using Troupe.Models.ChatTemplates.Evaluation;

namespace Troupe.Models.ChatTemplates.Values;

/// <summary>What is not there: prints as nothing, is false and empty; anything else done with it is an error.</summary>
/// <param name="message">The error, should it be used.</param>
internal sealed class UndefinedValue(string message) : Value
{
    public override string TypeName => "Undefined";

    public override string Description => "Undefined";

    public override int? Length => 0;

    public static UndefinedValue Name(string name) => new($"'{name}' is undefined");

    public static UndefinedValue Attribute(Value owner, string name) => new($"'{owner.Description}' has no attribute '{name}'");

    public static UndefinedValue Element(Value owner, string key) => new($"{owner.Description} has no element {key}");

    /// <summary>An attribute that the sandbox keeps from templates.</summary>
    public static UndefinedValue Unsafe(string typeName, string name) => new($"access to attribute '{name}' of '{typeName}' object is unsafe.");

    public EvaluationException Error() => new(message);

    public override IEnumerable<Value> Iterate(Budget budget) => [];
}
