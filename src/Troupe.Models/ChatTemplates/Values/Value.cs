using Troupe.Models.ChatTemplates.Evaluation;

namespace Troupe.Models.ChatTemplates.Values;

/// <summary>A value of the template's language: one of Python's, as far as templates can see them. Values do not change, iterators and a few counters apart.</summary>
internal abstract class Value
{
    /// <summary>Python's name of the type.</summary>
    public abstract string TypeName { get; }

    /// <summary>How messages speak of such a value.</summary>
    public virtual string Description => TypeName + " object";

    public virtual bool IsTrue => Length is not 0;

    /// <summary>Python's <c>len</c>; null where there is none.</summary>
    public virtual int? Length => null;

    /// <summary>Python's <c>value.name</c>; null where there is no such attribute.</summary>
    public virtual Value? GetAttribute(string name) => null;

    /// <summary>Python's <c>value[key]</c>; null where it has no such element or no elements.</summary>
    public virtual Value? GetItem(Value key, Budget budget) => null;

    /// <summary>Python's <c>iter(value)</c>; null where it cannot be looped over. Each element counts as a step.</summary>
    public virtual IEnumerable<Value>? Iterate(Budget budget) => null;
}
