using System.Text.Json;

namespace Troupe.Models.Checkpoints;

/// <summary>An object of a JSON settings file, read by typed names. Every error names the file, the full key, what was found and what was expected.</summary>
public sealed class ConfigSection
{
    private readonly JsonElement _element;
    private readonly string _file, _path;

    private ConfigSection(JsonElement element, string file, string path) => (_element, _file, _path) = (element, file, path);

    /// <exception cref="CheckpointException">The bytes are not a JSON object.</exception>
    public static ConfigSection Parse(ReadOnlyMemory<byte> json, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new ConfigSection(document.RootElement.Clone(), file, "")
                : throw new CheckpointException($"{file}: a JSON object was expected, found {document.RootElement.ValueKind}.");
        }
        catch (JsonException e)
        {
            throw new CheckpointException($"{file}: not valid JSON: {e.Message}", e);
        }
    }

    /// <summary>The object itself, for what has no typed form.</summary>
    public JsonElement Json => _element;

    /// <summary>Whether the key is there and not null.</summary>
    public bool Has(string key) => Find(key) is not null;

    public int Int(string key, int? fallback = null) => Read(key, fallback, e => e.TryGetInt32(out var value) ? value : null, "a whole number");

    public double Double(string key, double? fallback = null) => Read(key, fallback, e => e.TryGetDouble(out var value) && double.IsFinite(value) ? value : null, "a number");

    public float Float(string key, float? fallback = null) =>
        (float)Double(key, fallback) is var value && float.IsFinite(value) ? value : throw Invalid(key, "a number of single precision");

    public bool Bool(string key, bool? fallback = null) =>
        Read(key, fallback, e => e.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => (bool?)null }, "true or false");

    public string String(string key, string? fallback = null) =>
        Find(key) is not { } element ? fallback ?? throw Missing(key, "a string")
        : element.ValueKind == JsonValueKind.String ? element.GetString()!
        : throw Wrong(key, element, "a string");

    /// <summary>A string that may be absent or null.</summary>
    public string? OptionalString(string key) => Has(key) ? String(key) : null;

    /// <summary>Whole numbers: a list, or one number as a list of one; empty when absent.</summary>
    public IReadOnlyList<int> Ints(string key)
    {
        if (Find(key) is not { } element)
            return [];
        if (element.ValueKind == JsonValueKind.Number)
            return [Int(key)];
        return element.ValueKind == JsonValueKind.Array && element.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Number && e.TryGetInt32(out _))
            ? [.. element.EnumerateArray().Select(e => e.GetInt32())]
            : throw Wrong(key, element, "a whole number or a list of them");
    }

    /// <summary>A list of numbers; <paramref name="fallback"/> when absent.</summary>
    public IReadOnlyList<double> Doubles(string key, IReadOnlyList<double> fallback)
    {
        if (Find(key) is not { } element)
            return fallback;
        return element.ValueKind == JsonValueKind.Array && element.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Number)
            ? [.. element.EnumerateArray().Select(e => e.GetDouble())]
            : throw Wrong(key, element, "a list of numbers");
    }

    /// <summary>An object inside this one.</summary>
    public ConfigSection Section(string key) => OptionalSection(key) ?? throw Missing(key, "an object");

    /// <summary>An object inside this one; null when absent or null.</summary>
    public ConfigSection? OptionalSection(string key) =>
        Find(key) is not { } element ? null
        : element.ValueKind == JsonValueKind.Object ? new ConfigSection(element, _file, Path(key))
        : throw Wrong(key, element, "an object");

    /// <summary>An error about a value of this section, in the words of the others.</summary>
    public CheckpointException Invalid(string key, string expected) => Find(key) is { } element ? Wrong(key, element, expected) : Missing(key, expected);

    private T Read<T>(string key, T? fallback, Func<JsonElement, T?> get, string expected) where T : struct
    {
        if (Find(key) is not { } element)
            return fallback ?? throw Missing(key, expected);
        var numeric = typeof(T) == typeof(bool) || element.ValueKind == JsonValueKind.Number;
        return (numeric ? get(element) : null) ?? throw Wrong(key, element, expected);
    }

    private JsonElement? Find(string key) =>
        _element.TryGetProperty(key, out var element) && element.ValueKind != JsonValueKind.Null ? element : null;

    private string Path(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private CheckpointException Missing(string key, string expected) => new($"{_file}: '{Path(key)}' is missing; {expected} was expected.");

    private CheckpointException Wrong(string key, JsonElement found, string expected)
    {
        var text = found.GetRawText();
        return new($"{_file}: '{Path(key)}' is {(text.Length > 60 ? text[..60] + "..." : text)}; {expected} was expected.");
    }
}
