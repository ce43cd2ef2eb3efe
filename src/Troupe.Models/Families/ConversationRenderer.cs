using System.Text.Json.Nodes;
using Troupe.Models.ChatTemplates;
using Troupe.Models.Checkpoints;
using Troupe.Models.Text;

namespace Troupe.Models.Families;

/// <summary>Conversations to text by the checkpoint's chat template. Safe for concurrent use.</summary>
internal sealed class ConversationRenderer
{
    private readonly ChatTemplate? _template;
    private readonly IReadOnlyDictionary<string, string> _specialTokens;

    private ConversationRenderer(ChatTemplate? template, IReadOnlyDictionary<string, string> specialTokens) =>
        (_template, _specialTokens) = (template, specialTokens);

    /// <exception cref="CheckpointException">The template is not one that can be read.</exception>
    public static ConversationRenderer From(Checkpoint checkpoint)
    {
        try
        {
            var template = checkpoint.ChatTemplate is { } source ? ChatTemplate.Parse(source) : null;
            return new ConversationRenderer(template, checkpoint.SpecialTokens);
        }
        catch (ChatTemplateException e)
        {
            throw new CheckpointException($"{checkpoint.Directory}: the chat template cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The rendered conversation; with special tokens allowed, nothing of it counts as a caller's.</summary>
    /// <exception cref="PromptException">There is no template, it has no place for pictures, or it refuses the conversation.</exception>
    public ProvenanceText Render(IReadOnlyList<ChatMessage> messages, PromptOptions options)
    {
        if (_template is null)
            throw new PromptException("The model has no chat template (chat_template.jinja, or chat_template in tokenizer_config.json); give it a finished prompt as text instead of messages.");
        try
        {
            var text = _template.Render(new ChatTemplateInput
            {
                Messages = new JsonArray([.. messages.Select(message => (JsonNode)new JsonObject
                {
                    ["role"] = message.Role,
                    ["content"] = _template.ReadsContentParts ? Parts(message) : PlainText(message),
                })]),
                AddGenerationPrompt = options.AddGenerationPrompt,
                SpecialTokens = _specialTokens,
                Now = options.Now,
            });
            return options.AllowSpecialTokens ? text with { CallerSpans = [] } : text;
        }
        catch (ChatTemplateException e)
        {
            throw new PromptException($"The model's chat template refuses the conversation: {e.Message}", e);
        }
    }

    private static JsonArray Parts(ChatMessage message) => new([.. message.Content.Select(part => (JsonNode)(part switch
    {
        TextPart text => new JsonObject { ["type"] = "text", ["text"] = text.Text },
        _ => new JsonObject { ["type"] = Modality.Image },
    }))]);

    private static string PlainText(ChatMessage message) => string.Concat(message.Content.Select(part => part switch
    {
        TextPart text => text.Text,
        _ => throw new PromptException("The model's chat template takes text alone; a message holds a picture."),
    }));
}
