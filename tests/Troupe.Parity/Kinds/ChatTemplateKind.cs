using System.Text.Json;
using System.Text.Json.Nodes;
using Troupe.Models.ChatTemplates;
using Troupe.Models.Families;
using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>Conversations to text, and that text to ids; where there is no picture, the prompt builder must come to the same ids.</summary>
public sealed class ChatTemplateKind : ICaseKind
{
    public bool Takes(GoldenCase golden) => golden.Kind == "chat_template";

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        foreach (var (row, number) in golden.Records("rows").Select((row, number) => (row, number)))
        {
            var name = $"{number} {row.Optional("label")?.GetString() ?? row.Optional("name")?.GetString()}";
            var options = row.Record("options");
            var generation = (row.Optional("add_generation_prompt") ?? options.Optional("add_generation_prompt"))?.GetBoolean() ?? false;
            var messages = row.Element("messages");
            if (row.Has("error"))
            {
                report.Fact($"{name} refused", IsRefused(() => Render(model, messages, generation)), () => "the template was to refuse this");
                continue;
            }
            var rendered = Render(model, messages, generation);
            report.Text($"{name} rendered", row.Text("rendered"), rendered);
            if (!row.Has("ids"))
                continue;
            var ids = row.Numbers("ids");
            report.Ids($"{name} ids", ids, model.Tokenizer.Encode(rendered, addSpecialTokens: false));
            if (!HasPicture(model, ids))
                report.Ids($"{name} prompt", ids, model.Prompts.Build(ChatScene.Messages(messages), [], new PromptOptions { AddGenerationPrompt = generation, AllowSpecialTokens = true }).TokenIds);
        }
    }

    /// <summary>The text of a conversation by the checkpoint's template.</summary>
    public static string Render(ProductModel model, JsonElement messages, bool generation)
    {
        var template = model.Checkpoint.ChatTemplate ?? throw new InvalidDataException("The checkpoint has no chat template.");
        return ChatTemplate.Parse(template).Render(new ChatTemplateInput
        {
            Messages = JsonNode.Parse(messages.GetRawText())!.AsArray(),
            AddGenerationPrompt = generation,
            SpecialTokens = model.Checkpoint.SpecialTokens,
        }).Text;
    }

    /// <summary>A placeholder, be it a part of a message or typed, which the reference leaves as it is here and the builder wants a picture for.</summary>
    private static bool HasPicture(ProductModel model, int[] ids) =>
        model.Checkpoint.Config.Has("image_token_id") && ids.Contains(model.Checkpoint.Config.Int("image_token_id"));

    private static bool IsRefused(Action render)
    {
        try
        {
            render();
            return false;
        }
        catch (ChatTemplateException)
        {
            return true;
        }
    }
}
