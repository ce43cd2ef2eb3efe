namespace Troupe.Models.ChatTemplates.Semantics;

/// <summary>Text in messages, kept short.</summary>
internal static class Excerpt
{
    public static string Of(string text, int length = 200) => text.Length <= length ? text : text[..length] + "...";
}
