namespace Troupe.Models.ChatTemplates.Syntax;

/// <summary>Something that can be assigned to.</summary>
internal abstract record Target(int Line)
{
    public sealed record Name(string Identifier, int Line) : Target(Line);

    public sealed record Tuple(IReadOnlyList<Target> Items, int Line) : Target(Line);

    /// <summary>An attribute of a namespace.</summary>
    public sealed record Attribute(string Namespace, string Identifier, int Line) : Target(Line);
}
