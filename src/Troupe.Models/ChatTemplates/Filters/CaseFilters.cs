using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Methods;
using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Filters;

/// <summary>Filters that change the case of text.</summary>
internal static class CaseFilters
{
    public static IReadOnlyDictionary<string, Filter> All { get; } = new Dictionary<string, Filter>
    {
        ["capitalize"] = Of("capitalize", Casing.Capitalize),
        ["lower"] = Of("lower", Casing.Lower),
        ["title"] = Of("title", Title),
        ["upper"] = Of("upper", Casing.Upper),
    };

    private static Filter Of(string name, Func<StringValue, Budget, StringValue> change) => (input, arguments, session) =>
    {
        arguments.Bind(name, 0);
        return change(Printer.SoftStr(input, session.Budget), session.Budget);
    };

    // Words end at white space, hyphens and opening brackets; unlike in the method of that name, not at other characters.
    private static StringValue Title(StringValue text, Budget budget)
    {
        var builder = new TextBuilder(budget);
        for (int start = 0, end; start < text.Text.Length; start = end)
        {
            var separates = Separates(text.Text[start]);
            end = start + CodePoints.Width(text.Text, start);
            builder.Append(Casing.Upper(text.Units(start, end, budget), budget));
            var rest = end;
            while (end < text.Text.Length && Separates(text.Text[end]) == separates)
                end++;
            builder.Append(Casing.Lower(text.Units(rest, end, budget), budget));
        }
        return builder.ToValue();
    }

    private static bool Separates(char character) => character is '-' or '(' or '{' or '[' or '<' || PythonCharacters.IsSpace(character);
}
