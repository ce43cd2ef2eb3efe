using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Semantics;

/// <summary>HTML escaping as MarkupSafe does it.</summary>
internal static class Html
{
    /// <summary>A markup string: the text itself if it is one already. What stands for a caller's character is the caller's.</summary>
    public static StringValue Escape(StringValue value, Budget budget)
    {
        if (value.IsMarkup)
            return value;
        var builder = new TextBuilder(budget);
        var copied = 0;
        for (var at = value.Text.AsSpan().IndexOfAny("&<>'\""); at >= 0;)
        {
            builder.Append(value, copied, at);
            builder.Append(Entity(value.Text[at]), value.IsCaller(at, at + 1));
            copied = at + 1;
            var next = value.Text.AsSpan(copied).IndexOfAny("&<>'\"");
            at = next < 0 ? -1 : next + copied;
        }
        builder.Append(value, copied, value.Text.Length);
        return builder.ToValue(markup: true);
    }

    private static string Entity(char character) => character switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '\'' => "&#39;",
        _ => "&#34;",
    };
}
