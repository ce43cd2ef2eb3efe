using System.Text.Json;
using System.Text.Json.Nodes;

namespace Troupe.Models.Tests.Text;

/// <summary>Every option of every component that is read, against ids that the reference's own library gave for the same tokenizer.json.</summary>
public class TokenizerComponentsTests
{
    public static TheoryData<string> Cases => [.. All().Select(recorded => recorded.String("name"))];

    [Theory, MemberData(nameof(Cases))]
    public void Ids_and_texts_equal_the_references(string name)
    {
        var recorded = All().Single(recorded => recorded.String("name") == name);
        var tokenizer = TextFixtures.Load(Apply(recorded.GetProperty("sections")));
        Assert.All(recorded.GetProperty("rows").EnumerateArray(), row =>
        {
            Assert.Equal(row.Ids("ids"), tokenizer.Encode(row.String("text"), addSpecialTokens: true));
            Assert.Equal(row.String("decoded_skip_special"), tokenizer.Decode(row.Ids("ids"), skipSpecialTokens: true));
        });
    }

    private static JsonElement.ArrayEnumerator All() => TextFixtures.Json("components/expected.json").GetProperty("cases").EnumerateArray();

    private static JsonNode Apply(JsonElement sections)
    {
        var json = TextFixtures.Changeable();
        foreach (var section in sections.EnumerateObject())
        {
            if (section.NameEquals("model"))
                foreach (var option in section.Value.EnumerateObject())
                    json["model"]![option.Name] = JsonNode.Parse(option.Value.GetRawText());
            else if (section.NameEquals("added_tokens"))
                foreach (var token in section.Value.EnumerateArray())
                    json["added_tokens"]!.AsArray().Add(JsonNode.Parse(token.GetRawText()));
            else
                json[section.Name] = JsonNode.Parse(section.Value.GetRawText());
        }
        return json;
    }
}
