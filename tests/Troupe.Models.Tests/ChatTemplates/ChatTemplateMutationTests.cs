using System.Text.Json.Nodes;
using CsCheck;
using Troupe.Models.ChatTemplates;

namespace Troupe.Models.Tests.ChatTemplates;

/// <summary>Templates with random damage: they render or fail with the one exception that callers know, and in bounded time.</summary>
public class ChatTemplateMutationTests
{
    private static readonly string[] Pieces =
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "-", "+", "~", "|", "(", ")", "[", "]", "{", "}", ".", ",", ":", "=", "==", "**", "//", "%", "'", "\"", "\\", "\n", " ", "1", "0.5", "é", "😀", "$",
        "if", "else", "endif", "for", "in", "endfor", "set", "endset", "is", "not", "and", "or", "macro", "endmacro", "raw", "endraw", "recursive", "break", "loop", "messages", "range(99999)", "upper", "tojson",
    ];

    private static readonly string[] Sources =
        [.. ChatTemplateFixtures.Families.Select(family => ChatTemplateFixtures.Text($"families/{family}/chat_template.jinja"))];

    /// <summary>A place (a share of the length), how many characters go there and what comes.</summary>
    private static readonly Gen<(double Place, int Removed, int Piece)> Change = Gen.Select(Gen.Double[0, 1], Gen.Int[0, 6], Gen.Int[0, Pieces.Length]);

    [Fact]
    public void A_damaged_template_renders_or_fails_with_its_line() =>
        Gen.Select(Gen.Int[0, Sources.Length - 1], Change.Array[1, 4]).Sample((source, changes) =>
        {
            var text = changes.Aggregate(Sources[source], Apply);
            var failure = Record.Exception(() => ChatTemplate.Parse(text).Render(new ChatTemplateInput
            {
                Messages =
                [
                    new JsonObject { ["role"] = "system", ["content"] = "Be kind." },
                    new JsonObject { ["role"] = "user", ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = "Hi" }, new JsonObject { ["type"] = "image" }) },
                    new JsonObject { ["role"] = "assistant", ["content"] = "<think>x</think>Yes" },
                ],
                Tools = [new JsonObject { ["type"] = "function", ["function"] = new JsonObject { ["name"] = "f", ["parameters"] = new JsonObject() } }],
                AddGenerationPrompt = true,
                SpecialTokens = new Dictionary<string, string> { ["bos_token"] = "<s>", ["eos_token"] = "</s>" },
                Now = DateTimeOffset.UnixEpoch,
            }));
            if (failure is not (null or ChatTemplateException { Line: > 0 }))
                Assert.Fail($"{failure}\n{text}");
        }, iter: 5_000);

    private static string Apply(string text, (double Place, int Removed, int Piece) change)
    {
        var at = (int)(change.Place * text.Length);
        var end = Math.Min(text.Length, at + change.Removed);
        return text[..at] + (change.Piece < Pieces.Length ? Pieces[change.Piece] : "") + text[end..];
    }
}
