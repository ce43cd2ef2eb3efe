using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Troupe.Models.Text;

namespace Troupe.Models.Tests.Text;

/// <summary>Tokenizers and what the reference made of texts (transformers 5.23, tokenizers).</summary>
internal static class TextFixtures
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Fixtures", "text");

    /// <summary>A file of these fixtures, packed or not, or of the models'.</summary>
    public static byte[] File(string name)
    {
        foreach (var path in (string[])[Path.Combine(Root, name), Fixture.Model(name)])
            if (System.IO.File.Exists(path))
                return System.IO.File.ReadAllBytes(path);
        using var packed = new GZipStream(System.IO.File.OpenRead(Path.Combine(Root, name + ".gz")), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        packed.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static ITokenizer Tokenizer(string folder, IReadOnlySet<string>? placeholders = null) => TokenizerLoader.Load(File($"{folder}/tokenizer.json"), placeholders);

    public static JsonElement Json(string name)
    {
        using var document = JsonDocument.Parse(File(name));
        return document.RootElement.Clone();
    }

    /// <summary>A small tokenizer.json to change: <c>llama</c>'s, with 506 tokens and 6 special ones.</summary>
    public static JsonNode Changeable(string folder = "llama") => JsonNode.Parse(File($"{folder}/tokenizer.json"))!;

    public static ITokenizer Load(JsonNode json, IReadOnlySet<string>? placeholders = null) =>
        TokenizerLoader.Load(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()), placeholders);

    public static int[] Ids(this JsonElement row, string name) => [.. row.GetProperty(name).EnumerateArray().Select(id => id.GetInt32())];

    public static string String(this JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
