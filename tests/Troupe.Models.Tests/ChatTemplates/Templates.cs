using System.Text;
using System.Text.Json.Nodes;
using Troupe.Models.ChatTemplates;
using Troupe.Models.Text;

namespace Troupe.Models.Tests.ChatTemplates;

/// <summary>Short ways to render small templates.</summary>
internal static class Templates
{
    /// <param name="source">The template.</param>
    /// <param name="variables">A JSON object of further variables.</param>
    /// <param name="limits">Limits other than the usual ones.</param>
    public static ProvenanceText Render(string source, string variables = "{}", ChatTemplateLimits? limits = null) =>
        ChatTemplate.Parse(source, limits ?? ChatTemplateLimits.Default).Render(Input(variables));

    public static ChatTemplateInput Input(string variables = "{}") =>
        new() { Messages = [], Variables = JsonNode.Parse(variables)!.AsObject() };

    public static ChatTemplateException Refused(Action action, params string[] named)
    {
        var error = Assert.Throws<ChatTemplateException>(action);
        Assert.All(named, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
        return error;
    }

    /// <summary>The text with caller spans in double angle quotes.</summary>
    public static string Marked(ProvenanceText text)
    {
        var marked = new StringBuilder();
        var at = 0;
        foreach (var span in text.CallerSpans)
        {
            Assert.True(at <= span.Start && span.Start < span.End && span.End <= text.Text.Length, "spans are sorted, disjoint and not empty");
            marked.Append(text.Text, at, span.Start - at).Append('«').Append(text.Text, span.Start, span.End - span.Start).Append('»');
            at = span.End;
        }
        return marked.Append(text.Text, at, text.Text.Length - at).ToString();
    }
}
