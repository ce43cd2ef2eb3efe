namespace Troupe.Models.ChatTemplates.Semantics;

/// <summary>Questions about all characters of a text: Python's <c>isdigit</c> and its kin.</summary>
internal static class CharacterClasses
{
    /// <summary>Whether a text is not empty and every character is of a class.</summary>
    public static bool All(string text, Func<int, bool> isOf) => text.Length > 0 && Characters(text).All(isOf);

    /// <summary>Whether there are letters with case, all of them lower.</summary>
    public static bool IsLower(string text) =>
        Characters(text).Any(PythonCharacters.IsLower) && !Characters(text).Any(c => PythonCharacters.IsUpper(c) || PythonCharacters.IsTitle(c));

    /// <summary>Whether there are letters with case, all of them upper.</summary>
    public static bool IsUpper(string text) =>
        Characters(text).Any(PythonCharacters.IsUpper) && !Characters(text).Any(c => PythonCharacters.IsLower(c) || PythonCharacters.IsTitle(c));

    /// <summary>Whether every word begins with an upper letter and goes on in lower ones.</summary>
    public static bool IsTitle(string text)
    {
        var (found, inWord) = (false, false);
        foreach (var character in Characters(text))
        {
            var begins = PythonCharacters.IsUpper(character) || PythonCharacters.IsTitle(character);
            if (begins ? inWord : PythonCharacters.IsLower(character) && !inWord)
                return false;
            inWord = begins || PythonCharacters.IsLower(character);
            found |= inWord;
        }
        return found;
    }

    public static bool IsIdentifier(string text) => text.Length > 0
        && Characters(text).All(PythonCharacters.IsWord) && (text[0] == '_' || PythonCharacters.IsAlpha(CodePoints.Value(text, 0)));

    private static IEnumerable<int> Characters(string text)
    {
        for (var at = 0; at < text.Length; at += CodePoints.Width(text, at))
            yield return CodePoints.Value(text, at);
    }
}
