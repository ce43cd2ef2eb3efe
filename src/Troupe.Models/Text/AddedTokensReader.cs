using System.Text.Json;

namespace Troupe.Models.Text;

/// <summary><c>added_tokens</c> of tokenizer.json.</summary>
internal static class AddedTokensReader
{
    /// <summary>
    /// The added tokens. The reference does not take their ids from the file: a token that the vocabulary knows keeps that id, any other
    /// takes the next one after the vocabulary. Where that is not the file's id, nobody can say which one the weights mean. A content
    /// that comes again replaces its flags.
    /// </summary>
    /// <exception cref="UnsupportedTokenizerException">An entry is broken, or has an id that the reference would not give it.</exception>
    public static IReadOnlyList<AddedToken> Read(JsonElement? json, Dictionary<string, int> vocabulary)
    {
        if (json is not { } list)
            return [];
        if (list.ValueKind != JsonValueKind.Array)
            throw new UnsupportedTokenizerException($"added_tokens is of kind {list.ValueKind}; a list was expected.");
        var tokens = new Dictionary<string, AddedToken>(StringComparer.Ordinal);
        var next = vocabulary.Count;
        foreach (var item in list.EnumerateArray())
        {
            var token = ReadToken(new JsonComponent(item, "An entry of added_tokens"));
            if (token.Content.Length == 0)
                continue;
            tokens.TryGetValue(token.Content, out var earlier);
            var id = vocabulary.TryGetValue(token.Content, out var known) ? known : earlier?.Id ?? next++;
            if (token.Id != id)
                throw new UnsupportedTokenizerException($"The added token '{token.Content}' has the id {token.Id}, but the reference numbers it {id}; correct added_tokens or the vocabulary.");
            tokens[token.Content] = token with { Special = token.Special || earlier is { Special: true } };
        }
        return [.. tokens.Values];
    }

    private static AddedToken ReadToken(JsonComponent json)
    {
        var token = json.Named($"The added token '{json.Text("content")}'");
        token.AllowOnly("id", "content", "special", "single_word", "lstrip", "rstrip", "normalized");
        return new AddedToken(token.Id("id"), token.Text("content"), token.Flag("special"), token.Flag("single_word"),
            token.Flag("lstrip"), token.Flag("rstrip"), token.Flag("normalized"));
    }
}
