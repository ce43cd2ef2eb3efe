namespace Troupe.Models.ChatTemplates.Lexing;

/// <summary>A template text that cannot be read.</summary>
internal sealed class SyntaxException(string message, int line) : Exception(message)
{
    public int Line => line;
}
