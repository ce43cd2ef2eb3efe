using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Evaluation;

/// <summary>Names that are visible at one place of the template: its own, then those around it.</summary>
internal sealed class Scope(Scope? parent)
{
    private readonly Scope? _parent = parent;
    private Dictionary<string, Value>? _names;

    /// <summary>How many scopes are around this one.</summary>
    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    public Value? Find(string name)
    {
        for (var scope = this; scope is not null; scope = scope._parent)
            if (scope._names is not null && scope._names.TryGetValue(name, out var value))
                return value;
        return null;
    }

    public void Set(string name, Value value) => (_names ??= new Dictionary<string, Value>(StringComparer.Ordinal))[name] = value;
}
