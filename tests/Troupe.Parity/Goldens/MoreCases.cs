using System.Text.Json;

namespace Troupe.Parity.Goldens;

/// <summary>Cases that are recorded elsewhere than in the list: in files beside expected.json, and what it says of the checkpoint itself.</summary>
internal static class MoreCases
{
    private static readonly (string File, string Kind)[] Files =
    [
        ("tokenizer_cases.json", "tokenizer"),
        ("chat_template_cases.json", "chat_template"),
        ("sizes.json", "picture_sizes"),
    ];

    public static IEnumerable<JsonElement> Beside(string folder, JsonElement root)
    {
        if (root.TryGetProperty("rows", out var rows))
            yield return Case("rows", "picture_questions", rows);
        if (root.TryGetProperty("weights", out var weights) && weights.ValueKind == JsonValueKind.Object)
            yield return Checkpoint(root);
        foreach (var (file, kind) in Files)
        {
            var path = Path.Combine(folder, file);
            if (!File.Exists(path))
                continue;
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            yield return Case(Path.GetFileNameWithoutExtension(file), kind, document.RootElement.GetProperty("cases"));
        }
    }

    private static JsonElement Case(string name, string kind, JsonElement rows) => JsonSerializer.SerializeToElement(new { name, kind, rows });

    private static JsonElement Checkpoint(JsonElement root)
    {
        var fields = root.EnumerateObject().Where(field => field.Name is "weights" or "shards" or "rope_inv_freq").ToDictionary(field => field.Name, field => field.Value);
        fields["name"] = fields["kind"] = JsonSerializer.SerializeToElement("checkpoint");
        return JsonSerializer.SerializeToElement(fields);
    }
}
