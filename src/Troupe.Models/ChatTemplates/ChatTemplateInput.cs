using System.Text.Json.Nodes;

namespace Troupe.Models.ChatTemplates;

/// <summary>What a chat template is rendered with. All JSON here came from a caller: every string inside it, keys too, is caller text.</summary>
public sealed record ChatTemplateInput
{
    /// <summary>The conversation, in the form that the template expects: objects with <c>role</c> and <c>content</c>.</summary>
    public required JsonArray Messages { get; init; }

    /// <summary>Function schemas; null is the template's <c>none</c>.</summary>
    public JsonArray? Tools { get; init; }

    /// <summary>Documents for retrieval; null is the template's <c>none</c>.</summary>
    public JsonArray? Documents { get; init; }

    /// <summary>Whether the prompt ends with the opening of the assistant's turn.</summary>
    public bool AddGenerationPrompt { get; init; }

    /// <summary><c>bos_token</c>, <c>eos_token</c>, ...: the checkpoint's own text, never caller text.</summary>
    public IReadOnlyDictionary<string, string> SpecialTokens { get; init; } = new Dictionary<string, string>();

    /// <summary>Further variables of the template (<c>chat_template_kwargs</c>). They stand above special tokens of the same name.</summary>
    public JsonObject? Variables { get; init; }

    /// <summary>What <c>strftime_now</c> answers with; a template that asks for the time without one fails.</summary>
    public DateTimeOffset? Now { get; init; }
}
