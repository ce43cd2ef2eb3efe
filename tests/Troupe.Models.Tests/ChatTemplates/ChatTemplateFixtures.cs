using System.Text.Json.Nodes;
using Troupe.Models.ChatTemplates;

namespace Troupe.Models.Tests.ChatTemplates;

/// <summary>Templates and what the reference rendered with them (transformers 5.23).</summary>
internal static class ChatTemplateFixtures
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Fixtures", "chat-templates");

    public static string Text(string name) => File.ReadAllText(Path.Combine(Root, name));

    public static JsonNode Json(string name) => JsonNode.Parse(Text(name))!;

    public static IEnumerable<string> Families => Directory.GetDirectories(Path.Combine(Root, "families")).Select(folder => Path.GetFileName(folder)!).Order();

    /// <summary>Options as <c>apply_chat_template</c> takes them: two have a field of their own, the others are variables.</summary>
    public static ChatTemplateInput Input(JsonNode messages, JsonNode? options, IReadOnlyDictionary<string, string> specialTokens, DateTimeOffset? now = null)
    {
        var variables = (JsonObject)(options?.DeepClone() ?? new JsonObject());
        var tools = (JsonArray?)variables["tools"]?.DeepClone();
        var generation = (bool?)variables["add_generation_prompt"] ?? false;
        variables.Remove("tools");
        variables.Remove("add_generation_prompt");
        return new ChatTemplateInput
        {
            Messages = (JsonArray)messages.DeepClone(),
            Tools = tools,
            AddGenerationPrompt = generation,
            SpecialTokens = specialTokens,
            Variables = variables,
            Now = now,
        };
    }

    public static IReadOnlyDictionary<string, string> Strings(JsonNode node) =>
        node.AsObject().ToDictionary(pair => pair.Key, pair => (string)pair.Value!);

    /// <summary>Every row rendered: equal to the recorded text, or an error where the reference has one.</summary>
    public static void Check(string name, ChatTemplate template, JsonNode rows, IReadOnlyDictionary<string, string> specialTokens, DateTimeOffset? now = null)
    {
        foreach (var row in rows.AsArray())
        {
            var label = $"{name}: {row!["label"] ?? row["name"]}";
            var options = row["options"] ?? new JsonObject { ["add_generation_prompt"] = (bool?)row["add_generation_prompt"] ?? false };
            var input = Input(row["messages"]!, options, specialTokens, now);
            if (row["error"] is null)
                Assert.Equal((label, (string)row["rendered"]!), (label, template.Render(input).Text));
            else
                Assert.Throws<ChatTemplateException>(() => template.Render(input));
        }
    }
}
