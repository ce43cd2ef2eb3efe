using System.Globalization;
using System.Text.Json.Nodes;
using Troupe.Models.ChatTemplates;

namespace Troupe.Models.Tests.ChatTemplates;

public class ChatTemplateLanguageTests
{
    private static readonly Lazy<JsonNode> Cases = new(() => ChatTemplateFixtures.Json("language/cases.json"));

    public static TheoryData<string> Groups => [.. Cases.Value["groups"]!.AsArray().Select(group => (string)group!["name"]!)];

    [Theory]
    [MemberData(nameof(Groups))]
    public void Every_construct_gives_the_text_or_the_error_of_the_reference(string group) =>
        Check(Cases.Value, Cases.Value["groups"]!.AsArray().Single(entry => (string)entry!["name"]! == group)!);

    [Fact]
    public void Generated_templates_give_the_text_or_the_error_of_the_reference()
    {
        var generated = ChatTemplateFixtures.Json("language/generated.json");
        Check(generated, generated["groups"]![0]!);
    }

    private static void Check(JsonNode cases, JsonNode group)
    {
        var now = DateTimeOffset.Parse((string)cases["now"]! + "Z", CultureInfo.InvariantCulture);
        var variables = cases[(string)group["variables"]!]!.AsObject();
        foreach (var row in group["rows"]!.AsArray())
        {
            var source = (string)row!["template"]!;
            var input = new ChatTemplateInput { Messages = [], Variables = variables, Now = now };
            string Render() => ChatTemplate.Parse(source).Render(input).Text;
            if (row["error"] is null)
                Assert.Equal((source, (string)row["rendered"]!), (source, Render()));
            else
                Assert.True(Record.Exception(Render) is ChatTemplateException, $"{source}: the reference fails with {row["error"]}");
        }
    }
}
