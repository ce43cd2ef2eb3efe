using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Methods;

/// <summary>Puts one string in the place of another.</summary>
internal static class Replacing
{
    /// <param name="text">The string.</param>
    /// <param name="old">What goes.</param>
    /// <param name="replacement">What comes; it keeps its own provenance.</param>
    /// <param name="limit">Most replacements, from the left; negative for all.</param>
    /// <param name="budget">Pays for the text.</param>
    public static StringValue Replace(StringValue text, StringValue old, StringValue replacement, int limit, Budget budget)
    {
        var places = TextSearch.Occurrences(text.Text, old.Text, budget);
        var builder = new TextBuilder(budget);
        var copied = 0;
        foreach (var at in limit < 0 ? places : places.Take(limit))
        {
            builder.Append(text, copied, at);
            builder.Append(replacement);
            copied = at + old.Text.Length;
        }
        builder.Append(text, copied, text.Text.Length);
        return builder.ToValue(text.IsMarkup);
    }
}
