using System.Globalization;
using System.Text;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Methods;

/// <summary>Changes of case by Unicode's full mappings, as Python makes them. What becomes of a caller's character is the caller's.</summary>
internal static class Casing
{
    private const int CapitalSigma = 0x3a3;

    public static StringValue Upper(StringValue text, Budget budget) => Map(text, (_, character) => UpperOf(character), budget);

    public static StringValue Lower(StringValue text, Budget budget) => Map(text, (at, character) => LowerOf(text.Text, at, character), budget);

    public static StringValue Capitalize(StringValue text, Budget budget) =>
        Map(text, (at, character) => at == 0 ? TitleOf(character) : LowerOf(text.Text, at, character), budget);

    /// <summary>Every run of letters with a capital first.</summary>
    public static StringValue Title(StringValue text, Budget budget)
    {
        var inWord = false;
        return Map(text, (at, character) =>
        {
            var mapped = inWord ? LowerOf(text.Text, at, character) : TitleOf(character);
            inWord = IsCased(character);
            return mapped;
        }, budget);
    }

    public static StringValue SwapCase(StringValue text, Budget budget) => Map(text, (at, character) =>
        PythonCharacters.IsUpper(character) ? LowerOf(text.Text, at, character) : PythonCharacters.IsLower(character) ? UpperOf(character) : null, budget);

    public static StringValue Fold(StringValue text, Budget budget) => Map(text, (_, character) => character switch
    {
        0x130 => "i\u0307",
        0x131 => null,
        0x1e9e => "ss",
        >= 0x13a0 and <= 0x13ff or >= 0xab70 and <= 0xabbf => UpperOf(character),
        _ => (UpperOf(character) ?? CodePoints.Text(character)).EnumerateRunes().Aggregate("", (folded, rune) => folded + Rune.ToLowerInvariant(rune)),
    }, budget);

    /// <param name="text">The text.</param>
    /// <param name="map">What a code point at a unit becomes; null for itself.</param>
    /// <param name="budget">Pays for the text.</param>
    private static StringValue Map(StringValue text, Func<int, int, string?> map, Budget budget)
    {
        budget.Write(text.Text.Length);
        var builder = new TextBuilder(budget);
        var copied = 0;
        for (int at = 0, width; at < text.Text.Length; at += width)
        {
            width = CodePoints.Width(text.Text, at);
            if (map(at, CodePoints.Value(text.Text, at)) is not { } mapped)
                continue;
            builder.Append(text, copied, at);
            builder.Append(mapped, text.IsCaller(at, at + width));
            copied = at + width;
        }
        if (copied == 0)
            return text;
        builder.Append(text, copied, text.Text.Length);
        return builder.ToValue(text.IsMarkup);
    }

    private static string? UpperOf(int character)
    {
        if (character is 0x131 or 0x17f)                        // dotless i and long s: single characters that .NET leaves as they are
            return character == 0x131 ? "I" : "S";
        if (SpecialCasing.Upper(character) is { } special)
            return special;
        return Rune.IsValid(character) && Rune.ToUpperInvariant(new Rune(character)) is var upper && upper.Value != character ? upper.ToString() : null;
    }

    private static string? TitleOf(int character) => SpecialCasing.Title(character) ?? UpperOf(character);

    private static string? LowerOf(string text, int at, int character)
    {
        if (character == 0x130)
            return "i\u0307";
        if (character == CapitalSigma)
            return IsFinal(text, at) ? "\u03c2" : "\u03c3";
        return Rune.IsValid(character) && Rune.ToLowerInvariant(new Rune(character)) is var lower && lower.Value != character ? lower.ToString() : null;
    }

    // A sigma ends a word if a letter comes before it and none after it, marks and the like left out.
    private static bool IsFinal(string text, int at)
    {
        var before = at;
        while (before > 0 && IsIgnorable(CodePoints.Value(text, before - CodePoints.WidthBefore(text, before))))
            before -= CodePoints.WidthBefore(text, before);
        if (before == 0 || !IsCased(CodePoints.Value(text, before - CodePoints.WidthBefore(text, before))))
            return false;
        var after = at + 1;
        while (after < text.Length && IsIgnorable(CodePoints.Value(text, after)))
            after += CodePoints.Width(text, after);
        return after == text.Length || !IsCased(CodePoints.Value(text, after));
    }

    private static bool IsCased(int character) =>
        PythonCharacters.IsUpper(character) || PythonCharacters.IsLower(character) || PythonCharacters.IsTitle(character);

    private static bool IsIgnorable(int character) => character is '\'' or '.' or ':' or 0xb7 or 0x387 or 0x55f or 0x5f4
            or 0x2018 or 0x2019 or 0x2024 or 0x2027 or 0xfe13 or 0xfe52 or 0xfe55 or 0xff07 or 0xff0e or 0xff1a
        || PythonCharacters.Category(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
}
