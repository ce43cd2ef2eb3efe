namespace Troupe.Models.ChatTemplates.Values;

/// <summary>The one thing that a template may write to from an inner scope.</summary>
internal sealed class NamespaceValue : Value
{
    public Dictionary<string, Value> Attributes { get; } = new(StringComparer.Ordinal);

    public override string TypeName => "Namespace";

    public override string Description => "jinja2.utils.Namespace object";

    public override bool IsTrue => true;

    public override Value? GetAttribute(string name) =>
        !Attributes.TryGetValue(name, out var value) ? null
        : name.StartsWith('_') ? UndefinedValue.Unsafe(TypeName, name)
        : value;
}
