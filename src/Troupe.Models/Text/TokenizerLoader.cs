using System.Text.Json;

namespace Troupe.Models.Text;

/// <summary>
/// tokenizer.json to a tokenizer. What cannot be done exactly as the reference does it is an error, never passed over. The sections
/// <c>truncation</c> and <c>padding</c> are the exception: they keep what the last caller of the library asked for, and the reference
/// sets both anew in every call, so a text is neither cut nor filled up here.
/// </summary>
public static class TokenizerLoader
{
    /// <param name="tokenizerJson">The file's bytes.</param>
    /// <param name="placeholders">Added tokens that are never matched in caller text although they are not marked special (media placeholders).</param>
    /// <exception cref="UnsupportedTokenizerException">A component or an option that is not supported, or a file that is no tokenizer; the message names it.</exception>
    public static ITokenizer Load(ReadOnlyMemory<byte> tokenizerJson, IReadOnlySet<string>? placeholders = null)
    {
        try
        {
            using var document = JsonDocument.Parse(tokenizerJson);
            return Load(new JsonComponent(document.RootElement, "tokenizer.json"), placeholders ?? new HashSet<string>());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new UnsupportedTokenizerException($"tokenizer.json is not valid JSON: {e.Message}");
        }
    }

    private static ByteLevelTokenizer Load(JsonComponent root, IReadOnlySet<string> placeholders)
    {
        root.AllowOnly("version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model");
        if (root.Find("version") is not null && root.Text("version") != "1.0")
            throw root.Wrong("version", "\"1.0\"");
        var model = BytePairModelReader.Read(root.Element("model"));
        var added = AddedTokensReader.Read(root.Find("added_tokens"), model.Vocabulary);
        if (model.Vocabulary.Count + added.Count == 0)
            throw root.Unsupported("has no tokens");
        CheckNormalizer(root.Find("normalizer"));
        var (cuts, byteLevel) = PreTokenizerReader.Read(root.Find("pre_tokenizer"));
        CheckDecoder(root.Find("decoder"));
        return new ByteLevelTokenizer(model, added, cuts, byteLevel, PostProcessorReader.Read(root.Find("post_processor")), placeholders);
    }

    /// <summary>A sequence of no normalizers is none.</summary>
    private static void CheckNormalizer(JsonElement? json)
    {
        if (json is not { } element)
            return;
        var type = new JsonComponent(element, "The normalizer").Type;
        var normalizer = new JsonComponent(element, $"The normalizer '{type}'");
        if (type != "Sequence")
            throw normalizer.Unsupported("is not supported; supported is none");
        normalizer.AllowOnly("type", "normalizers");
        foreach (var step in normalizer.List("normalizers"))
            CheckNormalizer(step);
    }

    private static void CheckDecoder(JsonElement? json)
    {
        if (json is not { } element)
            throw new UnsupportedTokenizerException("A tokenizer without a decoder is not supported; supported is ByteLevel.");
        var type = new JsonComponent(element, "The decoder").Type;
        var decoder = new JsonComponent(element, $"The decoder '{type}'");
        if (type != "ByteLevel")
            throw decoder.Unsupported("is not supported; supported is ByteLevel");
        decoder.AllowOnly("type", "add_prefix_space", "trim_offsets", "use_regex");       // none of them changes what is decoded
    }
}
