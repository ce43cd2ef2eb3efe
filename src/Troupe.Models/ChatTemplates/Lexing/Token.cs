using Troupe.Models.ChatTemplates.Semantics;

namespace Troupe.Models.ChatTemplates.Lexing;

internal readonly record struct Token(TokenKind Kind, string Text, int Line)
{
    /// <summary>How messages speak of it.</summary>
    public string Description => Kind switch
    {
        TokenKind.Data => "text",
        TokenKind.PrintBegin => "'{{'",
        TokenKind.PrintEnd => "'}}'",
        TokenKind.StatementBegin => "'{%'",
        TokenKind.StatementEnd => "'%}'",
        TokenKind.String => "a string",
        TokenKind.End => "the end of the template",
        _ => $"'{Excerpt.Of(Text, 40)}'",
    };

    public bool Is(TokenKind kind, string text) => Kind == kind && Text == text;
}
