namespace Troupe.Models.ChatTemplates.Values;

/// <summary>The one thing that a template may write to from an inner scope.</summary>
/// <param name="attributes">What it begins with; its own from then on.</param>
internal sealed class NamespaceValue(DictValue attributes) : Value
{
    public DictValue Attributes => attributes;

    /// <summary>Being printed: a namespace may hold itself.</summary>
    public bool IsPrinting { get; set; }

    public override string TypeName => "Namespace";

    public override string Description => "jinja2.utils.Namespace object";

    public override bool IsTrue => true;

    public void Set(string name, Value value) => attributes.Entries[StringValue.Template(name)] = value;

    public override Value? GetAttribute(string name) =>
        !attributes.Entries.TryGetValue(StringValue.Template(name), out var value) ? null
        : name.StartsWith('_') ? UndefinedValue.Unsafe(TypeName, name)
        : value;
}
