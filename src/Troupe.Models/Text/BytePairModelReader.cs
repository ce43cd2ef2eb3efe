using System.Text.Json;

namespace Troupe.Models.Text;

/// <summary><c>model</c> of tokenizer.json.</summary>
internal static class BytePairModelReader
{
    public static BytePairModel Read(JsonElement json)
    {
        var type = new JsonComponent(json, "The model").Find("type")?.ToString() ?? "BPE";
        var model = new JsonComponent(json, $"The model '{type}'");
        if (type != "BPE")
            throw model.Unsupported("is not supported; supported is BPE");
        model.AllowOnly("type", "dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix", "fuse_unk", "byte_fallback",
            "ignore_merges", "vocab", "merges");
        if (model.Find("dropout") is { } dropout && !(dropout.ValueKind == JsonValueKind.Number && dropout.GetDouble() == 0))
            throw model.Wrong("dropout", "none");
        foreach (var affix in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
            if (model.Find(affix) is not null && model.Text(affix).Length > 0)
                throw model.Wrong(affix, "none");
        if (model.Flag("byte_fallback", false))
            throw model.Wrong("byte_fallback", "false");
        var vocabulary = ReadVocabulary(model);
        return new BytePairModel(vocabulary, ReadMerges(model, vocabulary), model.Flag("ignore_merges", false), ReadUnknown(model, vocabulary), model.Flag("fuse_unk", false));
    }

    private static Dictionary<string, int> ReadVocabulary(JsonComponent model)
    {
        var json = model.Element("vocab");
        if (json.ValueKind != JsonValueKind.Object)
            throw model.Unsupported($"has a vocab of kind {json.ValueKind}; an object of tokens and ids was expected");
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in json.EnumerateObject())
            if (!vocabulary.TryAdd(entry.Name, JsonComponent.IdOf(entry.Value, $"The id of '{entry.Name}' in vocab")))
                throw model.Unsupported($"has the token '{entry.Name}' twice in its vocab");
        return vocabulary;
    }

    /// <summary>An unknown token can be met only where the vocabulary lacks a byte.</summary>
    private static int? ReadUnknown(JsonComponent model, Dictionary<string, int> vocabulary)
    {
        if (model.Find("unk_token") is null || Enumerable.Range(0, 256).All(value => vocabulary.ContainsKey(ByteLevelAlphabet.Character((byte)value).ToString())))
            return null;
        return vocabulary.TryGetValue(model.Text("unk_token"), out var id) ? id : throw model.Wrong("unk_token", "a token of the vocabulary");
    }

    /// <summary>Merges as "a b" strings or as pairs, in order of rank.</summary>
    private static List<((int, int), int, int)> ReadMerges(JsonComponent model, Dictionary<string, int> vocabulary)
    {
        var merges = new List<((int, int), int, int)>();
        foreach (var merge in model.List("merges"))
        {
            if (ReadPair(model, merge) is not var (left, right))
                continue;
            if (!vocabulary.TryGetValue(left, out var first) || !vocabulary.TryGetValue(right, out var second) || !vocabulary.TryGetValue(left + right, out var union))
                throw model.Unsupported($"has the merge '{left}' + '{right}', which names a token that is not in its vocabulary");
            merges.Add(((first, second), merges.Count, union));
        }
        return merges;
    }

    private static (string, string)? ReadPair(JsonComponent model, JsonElement merge)
    {
        if (merge.ValueKind == JsonValueKind.Array && merge.GetArrayLength() == 2 && merge[0].ValueKind == JsonValueKind.String && merge[1].ValueKind == JsonValueKind.String)
            return (merge[0].GetString()!, merge[1].GetString()!);
        if (merge.ValueKind == JsonValueKind.String && merge.GetString()!.StartsWith("#version", StringComparison.Ordinal))
            return null;                                        // the first line of a merges.txt
        return merge.ValueKind == JsonValueKind.String && merge.GetString()!.Split(' ') is [var left, var right]
            ? (left, right)
            : throw model.Unsupported($"has the merge {merge.GetRawText()}, which is not two tokens with a space between them");
    }
}
