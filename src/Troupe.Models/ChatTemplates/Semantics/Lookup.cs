using System.Collections.Frozen;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Semantics;

/// <summary>Jinja's two ways to look something up: a dot prefers the attribute, brackets prefer the element.</summary>
internal static class Lookup
{
    /// <summary>Attributes that every Python object has, and that the sandbox keeps from templates.</summary>
    private static readonly FrozenSet<string> Internal = FrozenSet.ToFrozenSet(
    [
        "__class__", "__delattr__", "__dir__", "__doc__", "__eq__", "__format__", "__ge__", "__getattribute__", "__getstate__", "__gt__", "__hash__",
        "__init__", "__init_subclass__", "__le__", "__lt__", "__ne__", "__new__", "__reduce__", "__reduce_ex__", "__repr__", "__setattr__",
        "__sizeof__", "__str__", "__subclasshook__",
    ]);

    public static Value Attribute(Value owner, string name, Budget budget)
    {
        if (owner is UndefinedValue undefined)
            throw undefined.Error();
        return PythonAttribute(owner, name) ?? owner.GetItem(StringValue.Template(name), budget) ?? UndefinedValue.Attribute(owner, name);
    }

    public static Value Item(Value owner, Value key, Budget budget)
    {
        if (owner is UndefinedValue undefined)
            throw undefined.Error();
        if (owner.GetItem(key, budget) is { } item)
            return item;
        return key is StringValue name
            ? PythonAttribute(owner, name.Text) ?? UndefinedValue.Attribute(owner, Excerpt.Of(name.Text))
            : UndefinedValue.Element(owner, Excerpt.Of(Printer.Repr(key, budget).Text));
    }

    /// <summary>Only the attribute, without falling back to an element.</summary>
    public static Value? PythonAttribute(Value owner, string name) =>
        owner is not NamespaceValue && Internal.Contains(name) ? UndefinedValue.Unsafe(owner.TypeName, name) : owner.GetAttribute(name);
}
