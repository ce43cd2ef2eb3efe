using System.Text.Json;
using System.Text.RegularExpressions;

namespace Troupe.Models.Text;

/// <summary><c>pre_tokenizer</c> of tokenizer.json: any cuts, then ByteLevel.</summary>
internal static class PreTokenizerReader
{
    public static (IReadOnlyList<IPreTokenizer> Cuts, ByteLevelPreTokenizer ByteLevel) Read(JsonElement? json)
    {
        var steps = new List<IPreTokenizer>();
        if (json is { } element)
            Read(element, steps);
        // After ByteLevel the reference's text is written in letters for bytes: a cut there would see other characters than here.
        return steps.FindIndex(step => step is ByteLevelPreTokenizer) is var at and >= 0 && at == steps.Count - 1
            ? (steps[..^1], (ByteLevelPreTokenizer)steps[^1])
            : throw new UnsupportedTokenizerException("The pre_tokenizer is not supported: a BPE model needs one ByteLevel step, and it must be the last.");
    }

    private static void Read(JsonElement json, List<IPreTokenizer> steps)
    {
        var type = new JsonComponent(json, "The pre_tokenizer").Type;
        var component = new JsonComponent(json, $"The pre_tokenizer '{type}'");
        switch (type)
        {
            case "Sequence":
                component.AllowOnly("type", "pretokenizers");
                foreach (var step in component.List("pretokenizers"))
                    Read(step, steps);
                break;
            case "ByteLevel":
                component.AllowOnly("type", "add_prefix_space", "trim_offsets", "use_regex");
                _ = component.Flag("trim_offsets");              // concerns offsets alone
                steps.Add(new ByteLevelPreTokenizer(component.Flag("add_prefix_space"), component.Flag("use_regex", true)));
                break;
            case "Digits":
                component.AllowOnly("type", "individual_digits");
                steps.Add(new DigitsPreTokenizer(component.Flag("individual_digits")));
                break;
            case "Split":
                component.AllowOnly("type", "pattern", "behavior", "invert");
                steps.Add(new SplitPreTokenizer(PatternDialect.Compile(ReadPattern(component)), ReadBehavior(component), component.Flag("invert")));
                break;
            default:
                throw component.Unsupported("is not supported; supported are ByteLevel, Digits, Split and Sequence");
        }
    }

    private static string ReadPattern(JsonComponent split)
    {
        var pattern = split.Object("pattern", $"{split.Name}'s pattern");
        pattern.AllowOnly("Regex", "String");
        return (pattern.Find("Regex"), pattern.Find("String")) switch
        {
            (not null, null) => pattern.Text("Regex"),
            (null, not null) => Regex.Escape(pattern.Text("String")),
            _ => throw pattern.Unsupported("must be either a Regex or a String"),
        };
    }

    private static SplitBehavior ReadBehavior(JsonComponent split) => split.Text("behavior") switch
    {
        "Removed" => SplitBehavior.Removed,
        "Isolated" => SplitBehavior.Isolated,
        "MergedWithPrevious" => SplitBehavior.MergedWithPrevious,
        "MergedWithNext" => SplitBehavior.MergedWithNext,
        "Contiguous" => SplitBehavior.Contiguous,
        _ => throw split.Wrong("behavior", "Removed, Isolated, MergedWithPrevious, MergedWithNext or Contiguous"),
    };
}
