using System.Text.Json;
using System.Text.RegularExpressions;

namespace Troupe.Models.Text;

/// <summary><c>pre_tokenizer</c> of tokenizer.json.</summary>
internal static class PreTokenizerReader
{
    /// <param name="byteLevel">Whether a ByteLevel step is among them.</param>
    public static IPreTokenizer Read(JsonElement json, out bool byteLevel)
    {
        byteLevel = false;
        var type = json.ValueKind == JsonValueKind.Null ? "null" : json.GetProperty("type").GetString();
        switch (type)
        {
            case "Sequence":
                var steps = new List<IPreTokenizer>();
                foreach (var step in json.GetProperty("pretokenizers").EnumerateArray())
                {
                    steps.Add(Read(step, out var isByteLevel));
                    byteLevel |= isByteLevel;
                }
                return new SequencePreTokenizer(steps);
            case "ByteLevel":
                byteLevel = true;
                return new ByteLevelPreTokenizer(Flag(json, "add_prefix_space", true), Flag(json, "use_regex", true));
            case "Digits":
                return new DigitsPreTokenizer(Flag(json, "individual_digits", false));
            case "Split":
                return new SplitPreTokenizer(ReadPattern(json.GetProperty("pattern")), ReadBehavior(json.GetProperty("behavior")), Flag(json, "invert", false));
            default:
                throw new UnsupportedTokenizerException($"The pre_tokenizer '{type}' is not supported; supported are ByteLevel, Digits, Split and Sequence.");
        }
    }

    private static string ReadPattern(JsonElement pattern) =>
        pattern.TryGetProperty("Regex", out var regex) ? regex.GetString()!
        : pattern.TryGetProperty("String", out var text) ? Regex.Escape(text.GetString()!)
        : throw new UnsupportedTokenizerException($"The Split pattern {pattern.GetRawText()} is neither a Regex nor a String.");

    private static SplitBehavior ReadBehavior(JsonElement behavior) =>
        Enum.TryParse<SplitBehavior>(behavior.GetString(), out var value)
            ? value
            : throw new UnsupportedTokenizerException($"The Split behavior '{behavior.GetString()}' is not supported.");

    private static bool Flag(JsonElement json, string name, bool fallback) =>
        json.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.True : fallback;
}
