using System.Text.Json;

namespace Troupe.Models.Text;

/// <summary>tokenizer.json to a tokenizer. What it cannot do exactly as the reference is an error, never passed over.</summary>
public static class TokenizerLoader
{
    /// <param name="tokenizerJson">The file's bytes.</param>
    /// <param name="placeholders">Added tokens that are never matched in caller text although they are not marked special (media placeholders).</param>
    /// <exception cref="UnsupportedTokenizerException">A component that is not supported; the message names it.</exception>
    public static ITokenizer Load(ReadOnlyMemory<byte> tokenizerJson, IReadOnlySet<string>? placeholders = null)
    {
        try
        {
            using var document = JsonDocument.Parse(tokenizerJson);
            return Load(document.RootElement, placeholders ?? new HashSet<string>());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new UnsupportedTokenizerException($"tokenizer.json is not a tokenizer: {e.Message}");
        }
    }

    private static ByteLevelTokenizer Load(JsonElement root, IReadOnlySet<string> placeholders)
    {
        var model = root.GetProperty("model");
        CheckModel(model);
        var vocabulary = model.GetProperty("vocab").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetInt32(), StringComparer.Ordinal);
        var added = root.GetProperty("added_tokens").EnumerateArray().Select(ReadAddedToken).ToArray();
        var special = added.Where(token => token.Special).Select(token => token.Id).ToHashSet();
        var preTokenizer = PreTokenizerReader.Read(root.GetProperty("pre_tokenizer"), out var byteLevel);
        if (!byteLevel)
            throw new UnsupportedTokenizerException("A BPE model without a ByteLevel pre_tokenizer is not supported.");
        if (root.GetProperty("normalizer") is { ValueKind: not JsonValueKind.Null } normalizer)
            throw new UnsupportedTokenizerException($"The normalizer '{normalizer.GetProperty("type").GetString()}' is not supported; supported is none.");
        CheckDecoder(root.GetProperty("decoder"));
        return new ByteLevelTokenizer(new ByteLevelTokenizer.Parts(
            vocabulary,
            ReadMerges(model.GetProperty("merges"), vocabulary, special),
            model.TryGetProperty("ignore_merges", out var ignore) && ignore.ValueKind == JsonValueKind.True,
            added,
            preTokenizer,
            PostProcessorReader.Read(root.GetProperty("post_processor")),
            placeholders));
    }

    private static void CheckModel(JsonElement model)
    {
        var type = model.TryGetProperty("type", out var name) ? name.GetString() : "BPE";
        if (type != "BPE")
            throw new UnsupportedTokenizerException($"The tokenizer model '{type}' is not supported; supported is BPE.");
        foreach (var option in (string[])["dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix", "byte_fallback"])
            if (model.TryGetProperty(option, out var value) && !IsOff(value))
                throw new UnsupportedTokenizerException($"The BPE option {option} = {value.GetRawText()} is not supported.");
    }

    private static bool IsOff(JsonElement value) =>
        value.ValueKind is JsonValueKind.Null or JsonValueKind.False
        || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0)
        || (value.ValueKind == JsonValueKind.Number && value.GetDouble() == 0);

    /// <summary>Merges as "a b" strings or as pairs. A union that is a special token is left out: text never merges into one.</summary>
    private static Dictionary<(int, int), (int, int)> ReadMerges(JsonElement merges, Dictionary<string, int> vocabulary, HashSet<int> special)
    {
        var result = new Dictionary<(int, int), (int, int)>();
        var rank = 0;
        foreach (var merge in merges.EnumerateArray())
        {
            string left, right;
            if (merge.ValueKind == JsonValueKind.Array)
                (left, right) = (merge[0].GetString()!, merge[1].GetString()!);
            else
            {
                var text = merge.GetString()!;
                var space = text.IndexOf(' ');
                if (space < 0)
                    throw new UnsupportedTokenizerException($"The merge '{text}' is not two tokens with a space between them.");
                (left, right) = (text[..space], text[(space + 1)..]);
            }
            if (!vocabulary.TryGetValue(left, out var first) || !vocabulary.TryGetValue(right, out var second) || !vocabulary.TryGetValue(left + right, out var union))
                throw new UnsupportedTokenizerException($"The merge '{left}' + '{right}' names a token that is not in the vocabulary.");
            if (!special.Contains(union))
                result.TryAdd((first, second), (rank, union));
            rank++;
        }
        return result;
    }

    private static AddedToken ReadAddedToken(JsonElement token)
    {
        bool Flag(string name) => token.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
        return new AddedToken(token.GetProperty("id").GetInt32(), token.GetProperty("content").GetString()!,
            Flag("special"), Flag("single_word"), Flag("lstrip"), Flag("rstrip"), Flag("normalized"));
    }

    private static void CheckDecoder(JsonElement decoder)
    {
        var type = decoder.ValueKind == JsonValueKind.Null ? "null" : decoder.GetProperty("type").GetString();
        if (type != "ByteLevel")
            throw new UnsupportedTokenizerException($"The decoder '{type}' is not supported; supported is ByteLevel.");
    }
}
