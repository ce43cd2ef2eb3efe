namespace Troupe.Models.ChatTemplates.Semantics;

/// <summary>Code points in UTF-16 text; a lone surrogate counts as one.</summary>
internal static class CodePoints
{
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        for (var at = text.IndexOfAnyInRange('\ud800', '\udbff'); at >= 0 && at + 1 < text.Length; at++)
            if (char.IsSurrogatePair(text[at], text[at + 1]))
            {
                count--;
                at++;
            }
        return count;
    }

    /// <summary>UTF-16 units of the code point that begins at a unit.</summary>
    public static int Width(ReadOnlySpan<char> text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;

    /// <summary>UTF-16 units of the code point that ends before a unit.</summary>
    public static int WidthBefore(ReadOnlySpan<char> text, int at) => at > 1 && char.IsSurrogatePair(text[at - 2], text[at - 1]) ? 2 : 1;

    public static int Value(ReadOnlySpan<char> text, int at) =>
        Width(text, at) == 2 ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at];

    /// <summary>The unit at which a code point begins.</summary>
    public static int Unit(ReadOnlySpan<char> text, int codePoint)
    {
        var at = 0;
        for (; codePoint > 0; codePoint--)
            at += Width(text, at);
        return at;
    }

    public static string Text(int value) => value is >= 0xd800 and <= 0xdfff or < 0x10000 ? ((char)value).ToString() : char.ConvertFromUtf32(value);

    /// <summary>Order of two texts by code points, as Python compares strings.</summary>
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var at = left.CommonPrefixLength(right);
        if (at == left.Length || at == right.Length)
            return left.Length.CompareTo(right.Length);
        var (a, b) = (left[at], right[at]);
        var (wideA, wideB) = (char.IsSurrogate(a), char.IsSurrogate(b));
        return wideA != wideB ? wideA.CompareTo(wideB) : a.CompareTo(b);
    }
}
