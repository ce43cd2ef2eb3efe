using Troupe.Models.ChatTemplates.Evaluation;

namespace Troupe.Models.ChatTemplates.Semantics;

/// <summary>Finds one text in another, in time that grows with their lengths and not with the product of them.</summary>
internal static class TextSearch
{
    /// <summary>Above this length of the needle repeats in both texts would cost too much in a plain search.</summary>
    private const int PlainLength = 32;

    /// <summary>The first place at or after a start, or -1.</summary>
    public static int IndexOf(string text, string needle, int start, Budget budget)
    {
        if (start > text.Length)
            return -1;
        if (needle.Length > PlainLength)
            return All(text, needle, start, budget).DefaultIfEmpty(-1).First();
        var at = text.IndexOf(needle, start, StringComparison.Ordinal);
        budget.Search((at < 0 ? text.Length : at) - start);
        return at;
    }

    /// <summary>The last place that begins at or after a start and ends at or before an end, or -1.</summary>
    public static int LastIndexOf(string text, string needle, int start, int end, Budget budget)
    {
        if (end - start < needle.Length)
            return -1;
        if (needle.Length > PlainLength)
            return All(text[start..end], needle, 0, budget).Select(at => at + start).DefaultIfEmpty(-1).Last();
        var at = text.AsSpan(start, end - start).LastIndexOf(needle, StringComparison.Ordinal);
        budget.Search(end - start - Math.Max(at, 0));
        return at < 0 ? -1 : at + start;
    }

    /// <summary>Places one after the other without overlap; between all characters for an empty needle.</summary>
    public static IEnumerable<int> Occurrences(string text, string needle, Budget budget)
    {
        var rest = 0;
        if (needle.Length > PlainLength)
        {
            foreach (var at in All(text, needle, 0, budget))
            {
                if (at < rest)
                    continue;
                rest = at + needle.Length;
                yield return at;
            }
            yield break;
        }
        while (IndexOf(text, needle, rest, budget) is var at and >= 0)
        {
            yield return at;
            rest = at + (needle.Length > 0 ? needle.Length : at < text.Length ? CodePoints.Width(text, at) : 1);
        }
    }

    // Knuth, Morris and Pratt (1977).
    private static IEnumerable<int> All(string text, string needle, int start, Budget budget)
    {
        budget.Write(needle.Length + (text.Length - start));
        var fall = new int[needle.Length];
        for (int i = 1, matched = 0; i < needle.Length; i++)
        {
            while (matched > 0 && needle[i] != needle[matched])
                matched = fall[matched - 1];
            if (needle[i] == needle[matched])
                matched++;
            fall[i] = matched;
        }
        for (int i = start, matched = 0; i < text.Length; i++)
        {
            while (matched > 0 && text[i] != needle[matched])
                matched = fall[matched - 1];
            if (text[i] == needle[matched])
                matched++;
            if (matched < needle.Length)
                continue;
            yield return i + 1 - needle.Length;
            matched = fall[matched - 1];
        }
    }
}
