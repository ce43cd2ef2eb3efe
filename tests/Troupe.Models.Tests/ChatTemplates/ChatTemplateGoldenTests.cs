using System.Globalization;
using System.Text.Json.Nodes;
using Troupe.Models.ChatTemplates;

namespace Troupe.Models.Tests.ChatTemplates;

public class ChatTemplateGoldenTests
{
    public static TheoryData<string> Published => [.. Cases().Select(entry => (string)entry["name"]!)];

    public static TheoryData<string> Families => [.. ChatTemplateFixtures.Families];

    [Theory]
    [MemberData(nameof(Published))]
    public void A_published_template_renders_and_refuses_as_the_reference_does(string name)
    {
        var entry = Cases().Single(entry => (string)entry["name"]! == name);
        var template = ChatTemplate.Parse(ChatTemplateFixtures.Text("published/" + (string)entry["template_file"]!));
        var tokens = new Dictionary<string, string> { ["bos_token"] = (string)entry["bos_token"]!, ["eos_token"] = (string)entry["eos_token"]! };
        var now = DateTimeOffset.Parse((string)entry["now"]! + "Z", CultureInfo.InvariantCulture);
        ChatTemplateFixtures.Check(name, template, entry["rows"]!, tokens, now);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void The_template_of_a_family_renders_the_recorded_prompts(string family)
    {
        var cases = ChatTemplateFixtures.Json($"families/{family}/cases.json");
        var template = ChatTemplate.Parse(ChatTemplateFixtures.Text($"families/{family}/chat_template.jinja"));
        ChatTemplateFixtures.Check(family, template, cases["rows"]!, ChatTemplateFixtures.Strings(cases["special_tokens"]!), DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public void The_template_of_SmolVLM_renders_every_recorded_conversation()
    {
        var template = ChatTemplate.Parse((string)ChatTemplateFixtures.Json("smolvlm/chat_template.json")["chat_template"]!);
        ChatTemplateFixtures.Check("smolvlm", template, ChatTemplateFixtures.Json("smolvlm/chat_template_cases.json")["cases"]!, new Dictionary<string, string>());
    }

    private static IEnumerable<JsonNode> Cases() => ChatTemplateFixtures.Json("published/expected.json")["cases"]!.AsArray().Select(entry => entry!);
}
