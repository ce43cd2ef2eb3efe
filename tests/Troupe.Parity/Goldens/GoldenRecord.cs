using System.Text.Json;

namespace Troupe.Parity.Goldens;

/// <summary>An object of expected.json that remembers which of its fields were looked at.</summary>
public class GoldenRecord(JsonElement json)
{
    /// <summary>Fields that describe how the reference was run or how close it came to itself.</summary>
    private static readonly string[] Descriptions = ["name", "kind", "about", "what", "call", "label", "why", "expected", "greedy_agreement_tokens"];

    private static readonly string[] Measures = ["min_margin", "max_difference", "max_logit_difference"];

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<GoldenRecord>> _children = new(StringComparer.Ordinal);

    public JsonElement Json => json;

    /// <summary>Fields that nobody looked at, here and in the records below.</summary>
    public virtual IEnumerable<string> Untouched => json.EnumerateObject()
        .Select(property => property.Name)
        .Where(name => !_seen.Contains(name) && !Descriptions.Contains(name) && !Array.Exists(Measures, measure => name.StartsWith(measure, StringComparison.Ordinal)))
        .Concat(_children.Values.SelectMany(children => children).SelectMany(child => child.Untouched))
        .Distinct();

    public JsonElement? Optional(string field)
    {
        _seen.Add(field);
        return json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    public bool Has(string field) => Optional(field) is not null;

    public JsonElement Element(string field) => Optional(field) ?? throw new InvalidDataException($"The record has no '{field}'.");

    public string Text(string field) => Element(field).GetString()!;

    public int Number(string field) => Element(field).GetInt32();

    public int[] Numbers(string field) => Ints(Element(field));

    public IReadOnlyList<string> Texts(string field) => Optional(field) is { } list ? [.. list.EnumerateArray().Select(text => text.GetString()!)] : [];

    /// <summary>The objects of a list; what is not looked at in them counts as not looked at here.</summary>
    public IReadOnlyList<GoldenRecord> Records(string field) => Children(field, Element(field).EnumerateArray());

    /// <summary>An object inside this one; empty when absent.</summary>
    public GoldenRecord Record(string field) => Children(field, [Optional(field) ?? JsonSerializer.SerializeToElement(new { })])[0];

    /// <summary>Nothing was looked at yet.</summary>
    public virtual void StartOver()
    {
        _seen.Clear();
        _children.Clear();
    }

    /// <summary>Fields that the product has nothing to say about.</summary>
    public void Pass(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
            _seen.Add(field);
    }

    public static int[] Ints(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetInt32())];

    private IReadOnlyList<GoldenRecord> Children(string field, IEnumerable<JsonElement> elements)
    {
        if (!_children.TryGetValue(field, out var children))
            _children.Add(field, children = [.. elements.Select(element => new GoldenRecord(element))]);
        return children;
    }
}
