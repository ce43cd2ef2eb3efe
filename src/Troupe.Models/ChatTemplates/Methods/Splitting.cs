using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Methods;

/// <summary>Cuts strings into pieces.</summary>
internal static class Splitting
{
    /// <param name="text">The string.</param>
    /// <param name="separator">What stands between the pieces.</param>
    /// <param name="limit">Most cuts; negative for all.</param>
    /// <param name="fromRight">Whether the limit counts from the end.</param>
    /// <param name="budget">Pays for the pieces.</param>
    public static List<StringValue> By(StringValue text, string separator, int limit, bool fromRight, Budget budget)
    {
        if (separator.Length == 0)
            throw new EvaluationException("empty separator");
        var cuts = fromRight ? Backwards(text.Text, separator, limit, budget) : TextSearch.Occurrences(text.Text, separator, budget);
        if (limit >= 0 && !fromRight)
            cuts = cuts.Take(limit);
        var pieces = new List<StringValue>();
        var start = 0;
        foreach (var cut in cuts)
        {
            budget.Step(4);
            pieces.Add(text.Units(start, cut, budget));
            start = cut + separator.Length;
        }
        pieces.Add(text.Units(start, text.Text.Length, budget));
        return pieces;
    }

    /// <summary>The words between white space.</summary>
    public static List<StringValue> Words(StringValue text, int limit, bool fromRight, Budget budget)
    {
        budget.Search(text.Text.Length);
        var words = new List<StringValue>();
        var (low, high) = (0, text.Text.Length);
        while (true)
        {
            if (fromRight)
                high = SkipBack(text.Text, low, high, spaces: true);
            else
                low = Skip(text.Text, low, high, spaces: true);
            if (low >= high)
                break;
            var (start, end) = (low, high);
            if (limit < 0 || words.Count < limit)
            {
                if (fromRight)
                    start = high = SkipBack(text.Text, low, high, spaces: false);
                else
                    end = low = Skip(text.Text, low, high, spaces: false);
            }
            else
                low = high;
            budget.Step(4);
            words.Add(text.Units(start, end, budget));
        }
        if (fromRight)
            words.Reverse();
        return words;
    }

    public static IReadOnlyList<StringValue> Lines(StringValue text, bool keepEnds, Budget budget)
    {
        budget.Search(text.Text.Length);
        var lines = new List<StringValue>();
        for (int start = 0, next; start < text.Text.Length; start = next)
        {
            var end = start;
            while (end < text.Text.Length && !PythonCharacters.IsLineEnd(text.Text[end]))
                end++;
            next = end == text.Text.Length ? end : end + (text.Text[end] == '\r' && end + 1 < text.Text.Length && text.Text[end + 1] == '\n' ? 2 : 1);
            budget.Step(4);
            lines.Add(text.Units(start, keepEnds ? next : end, budget));
        }
        return lines;
    }

    private static List<int> Backwards(string text, string separator, int limit, Budget budget)
    {
        var cuts = new List<int>();
        for (var end = text.Length; limit < 0 || cuts.Count < limit;)
        {
            var at = TextSearch.LastIndexOf(text, separator, 0, end, budget);
            if (at < 0)
                break;
            cuts.Add(at);
            end = at;
        }
        cuts.Reverse();
        return cuts;
    }

    private static int Skip(string text, int at, int end, bool spaces)
    {
        while (at < end && PythonCharacters.IsSpace(text[at]) == spaces)
            at++;
        return at;
    }

    private static int SkipBack(string text, int start, int at, bool spaces)
    {
        while (at > start && PythonCharacters.IsSpace(text[at - 1]) == spaces)
            at--;
        return at;
    }
}
