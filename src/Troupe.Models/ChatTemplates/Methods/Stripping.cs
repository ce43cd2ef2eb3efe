using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Methods;

/// <summary>Takes characters from the ends of strings.</summary>
internal static class Stripping
{
    /// <param name="text">The string.</param>
    /// <param name="characters">A string of those that go; null or none for white space.</param>
    /// <param name="left">Whether they go from the beginning.</param>
    /// <param name="right">Whether they go from the end.</param>
    /// <param name="budget">Pays for the text.</param>
    public static StringValue Strip(StringValue text, Value? characters, bool left, bool right, Budget budget)
    {
        Func<int, bool> goes = characters switch
        {
            null or NoneValue => PythonCharacters.IsSpace,
            StringValue set => Set(set, budget).Contains,
            _ => throw new EvaluationException("strip arg must be None or str"),
        };
        var (start, end) = (0, text.Text.Length);
        while (left && start < end && goes(CodePoints.Value(text.Text, start)))
            start += CodePoints.Width(text.Text, start);
        while (right && end > start && goes(CodePoints.Value(text.Text, end - CodePoints.WidthBefore(text.Text, end))))
            end -= CodePoints.WidthBefore(text.Text, end);
        budget.Write(text.Text.Length - (end - start));
        return text.Units(start, end, budget);
    }

    private static HashSet<int> Set(StringValue characters, Budget budget)
    {
        budget.Write(characters.Text.Length);
        var set = new HashSet<int>();
        for (var at = 0; at < characters.Text.Length; at += CodePoints.Width(characters.Text, at))
            set.Add(CodePoints.Value(characters.Text, at));
        return set;
    }
}
