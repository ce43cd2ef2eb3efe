using System.Collections.Frozen;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Filters;

/// <summary>The filters by name.</summary>
internal static class FilterTable
{
    /// <summary>Filters of Jinja that no chat template has a use for.</summary>
    private static readonly FrozenSet<string> Absent = FrozenSet.ToFrozenSet(
        ["filesizeformat", "pprint", "random", "striptags", "urlize", "wordwrap", "xmlattr"]);

    private static readonly FrozenDictionary<string, Filter> Filters = new[]
    {
        TextFilters.All, CaseFilters.All, NumberFilters.All, SequenceFilters.All, OrderFilters.All, SelectionFilters.All, ValueFilters.All, JsonFilter.All,
    }.SelectMany(group => group).ToFrozenDictionary();

    public static bool Knows(string name) => Filters.ContainsKey(name);

    public static string Unknown(string name) =>
        Absent.Contains(name) ? $"The filter '{name}' is not supported." : $"No filter named '{name}'.";

    public static Value Apply(string name, Value input, Arguments arguments, RenderSession session) =>
        Filters.TryGetValue(name, out var filter) ? filter(input, arguments, session) : throw new EvaluationException(Unknown(name));
}
