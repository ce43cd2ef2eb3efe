using System.Text.Json;

namespace Troupe.Models.Text;

/// <summary><c>post_processor</c> of tokenizer.json.</summary>
internal static class PostProcessorReader
{
    public static TemplateProcessor Read(JsonElement? json)
    {
        var templates = new List<TemplateProcessor>();
        if (json is { } element)
            Read(element, templates);
        return templates switch
        {
            [] => TemplateProcessor.None,
            [var template] => template,
            _ => throw new UnsupportedTokenizerException("A post_processor Sequence with two TemplateProcessing steps is not supported."),
        };
    }

    private static void Read(JsonElement json, List<TemplateProcessor> templates)
    {
        var type = new JsonComponent(json, "The post_processor").Type;
        var component = new JsonComponent(json, $"The post_processor '{type}'");
        switch (type)
        {
            case "ByteLevel":                                   // concerns offsets alone
                component.AllowOnly("type", "add_prefix_space", "trim_offsets", "use_regex");
                break;
            case "TemplateProcessing":
                component.AllowOnly("type", "single", "pair", "special_tokens");
                var tokens = component.Object("special_tokens", $"{component.Name}'s special_tokens");
                templates.Add(new TemplateProcessor(ReadPieces(component, "single", tokens), ReadPieces(component, "pair", tokens)));
                break;
            case "Sequence":
                component.AllowOnly("type", "processors");
                foreach (var step in component.List("processors"))
                    Read(step, templates);
                break;
            default:
                throw component.Unsupported("is not supported; supported are TemplateProcessing, ByteLevel and Sequence");
        }
    }

    private static TemplateProcessor.Piece[] ReadPieces(JsonComponent template, string option, JsonComponent tokens)
    {
        var pieces = new List<TemplateProcessor.Piece>();
        foreach (var json in template.List(option))
        {
            var piece = new JsonComponent(json, $"A piece of {template.Name}'s {option}");
            piece.AllowOnly("Sequence", "SpecialToken");
            if (piece.Find("SpecialToken") is not null)
            {
                var special = piece.Object("SpecialToken", piece.Name);
                special.AllowOnly("id", "type_id");
                var token = tokens.Object(special.Text("id"), $"{tokens.Name}'s '{special.Text("id")}'");
                token.AllowOnly("id", "ids", "tokens");
                pieces.Add(new TemplateProcessor.Piece(null, [.. token.List("ids").Select(id => JsonComponent.IdOf(id, $"An id of {token.Name}"))]));
                continue;
            }
            var sequence = piece.Object("Sequence", piece.Name);
            sequence.AllowOnly("id", "type_id");
            pieces.Add(new TemplateProcessor.Piece(sequence.Text("id") switch
            {
                "A" => 0,
                "B" when option == "pair" => 1,
                _ => throw sequence.Wrong("id", option == "pair" ? "A or B" : "A"),
            }, []));
        }
        return [.. pieces];
    }
}
