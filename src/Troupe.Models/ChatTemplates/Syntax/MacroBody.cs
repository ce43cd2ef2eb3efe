namespace Troupe.Models.ChatTemplates.Syntax;

/// <summary>Parameters and body of a macro, a call block or a generation block.</summary>
/// <param name="UsesCaller">Whether the body reads <c>caller</c>, which makes it an argument; likewise the next two.</param>
internal sealed record MacroBody(
    IReadOnlyList<Parameter> Parameters, IReadOnlyList<Statement> Statements, bool UsesCaller, bool UsesKeywords, bool UsesPositional);
