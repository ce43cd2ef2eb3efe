using System.Text.Json;

namespace Troupe.Models.Text;

/// <summary>An object of tokenizer.json. Its options have a known name and kind; anything else is an error that names the component.</summary>
internal readonly struct JsonComponent
{
    private readonly JsonElement _json;

    /// <param name="json">The object.</param>
    /// <param name="name">What it is called in messages, such as "The normalizer".</param>
    public JsonComponent(JsonElement json, string name)
    {
        Name = name;
        if (json.ValueKind != JsonValueKind.Object)
            throw Unsupported($"is {Shorten(json)}; an object was expected");
        _json = json;
    }

    /// <summary>What it is called in messages.</summary>
    public string Name { get; }

    /// <summary>The value of <c>type</c>.</summary>
    public string Type => Text("type");

    /// <summary>The same object under another name.</summary>
    public JsonComponent Named(string name) => new(_json, name);

    /// <exception cref="UnsupportedTokenizerException">The object has an option outside this list.</exception>
    public void AllowOnly(params ReadOnlySpan<string> options)
    {
        foreach (var option in _json.EnumerateObject())
            if (!options.Contains(option.Name))
                throw Unsupported($"has the option {option.Name} = {Shorten(option.Value)}, which is not known here");
    }

    /// <summary>An option's value; null when it is absent or null.</summary>
    public JsonElement? Find(string option) =>
        _json.TryGetProperty(option, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public JsonElement Element(string option) => Find(option) ?? throw Unsupported($"lacks {option}");

    public JsonComponent Object(string option, string name) => new(Element(option), name);

    public string Text(string option) =>
        Element(option) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw Wrong(option, "a text");

    /// <summary>An id of the vocabulary.</summary>
    public int Id(string option) => IdOf(Element(option), $"{Name}'s {option}");

    /// <summary>A flag that must be there, or may be absent where <paramref name="fallback"/> is given.</summary>
    public bool Flag(string option, bool? fallback = null) => Find(option)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        null => fallback ?? throw Unsupported($"lacks {option}; true or false was expected"),
        _ => throw Wrong(option, "true or false"),
    };

    public JsonElement.ArrayEnumerator List(string option) =>
        Element(option) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : throw Wrong(option, "a list");

    /// <summary>A number that can be an id: beyond this limit a table of all ids would be absurdly large.</summary>
    public static int IdOf(JsonElement json, string name)
    {
        const int Limit = 1 << 24;
        return json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var id) && id is >= 0 and < Limit
            ? id
            : throw new UnsupportedTokenizerException($"{name} is {Shorten(json)}; a whole number from 0 to {Limit - 1} was expected.");
    }

    public UnsupportedTokenizerException Wrong(string option, string expected) => Unsupported($"has {option} = {Shorten(Element(option))}; {expected} was expected");

    public UnsupportedTokenizerException Unsupported(string what) => new($"{Name} {what}.");

    private static string Shorten(JsonElement json)
    {
        var text = json.GetRawText();
        return text.Length > 60 ? text[..60] + "..." : text;
    }
}
