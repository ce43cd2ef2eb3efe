using System.Text.Json;

namespace Troupe.Models.Text;

/// <summary><c>post_processor</c> of tokenizer.json.</summary>
internal static class PostProcessorReader
{
    public static TemplateProcessor Read(JsonElement json)
    {
        var type = json.ValueKind == JsonValueKind.Null ? "null" : json.GetProperty("type").GetString();
        switch (type)
        {
            case "null":
            case "ByteLevel":                                   // concerns offsets alone
                return TemplateProcessor.None;
            case "TemplateProcessing":
                var tokens = json.GetProperty("special_tokens");
                return new TemplateProcessor(ReadPieces(json.GetProperty("single"), tokens), ReadPieces(json.GetProperty("pair"), tokens));
            case "Sequence":
                var steps = json.GetProperty("processors").EnumerateArray().Select(Read).Where(step => step != TemplateProcessor.None).ToArray();
                return steps.Length switch
                {
                    0 => TemplateProcessor.None,
                    1 => steps[0],
                    _ => throw new UnsupportedTokenizerException("A post_processor Sequence with two TemplateProcessing steps is not supported."),
                };
            default:
                throw new UnsupportedTokenizerException($"The post_processor '{type}' is not supported; supported are TemplateProcessing, ByteLevel and Sequence.");
        }
    }

    private static TemplateProcessor.Piece[] ReadPieces(JsonElement pieces, JsonElement tokens) =>
    [
        .. pieces.EnumerateArray().Select(piece => piece.TryGetProperty("Sequence", out var sequence)
            ? new TemplateProcessor.Piece(sequence.GetProperty("id").GetString() == "A" ? 0 : 1, [])
            : new TemplateProcessor.Piece(null, [.. tokens.GetProperty(piece.GetProperty("SpecialToken").GetProperty("id").GetString()!)
                .GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())])),
    ];
}
