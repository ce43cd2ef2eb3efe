namespace Troupe.Models.ChatTemplates.Syntax;

/// <summary>A parameter of a macro or a call block.</summary>
internal sealed record Parameter(string Name, Expression? Default);
