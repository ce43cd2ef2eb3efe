using System.Text.Json.Nodes;
using Troupe.Models.ChatTemplates;

namespace Troupe.Models.Tests.ChatTemplates;

public class ChatTemplateErrorTests
{
    [Theory]
    [InlineData("a\n{% if x %}\nb", 3, "'if'", "line 2", "'endif'")]
    [InlineData("a\n\n{{ x | nope }}", 3, "No filter named 'nope'")]
    [InlineData("{{ x\n is nope }}", 2, "No test named 'nope'")]
    [InlineData("\n{% include 'x' %}", 2, "unknown tag 'include'")]
    [InlineData("\n\n{{ x | wordwrap }}", 3, "'wordwrap' is not supported")]
    [InlineData("{{ 'a\nb' }}\n{{ 1 + }}", 3, "'}}'", "an expression")]
    [InlineData("{#\n\n#}{{ (1 }}", 3, "'}'", "')'")]
    [InlineData("\n{{ 'abc }}", 2, "string is not closed")]
    [InlineData("\n{{ a ? b }}", 2, "unexpected character '?'")]
    [InlineData("{% for x in y %}\n{% endif %}{% endfor %}", 2, "'endif'", "'endfor'")]
    [InlineData("{{ '\\N{BULLET}' }}", 1, "\\N")]
    public void A_template_that_cannot_be_read_is_refused_with_its_line(string source, int line, params string[] named) =>
        Assert.Equal(line, Templates.Refused(() => ChatTemplate.Parse(source), [$"line {line}", .. named]).Line);

    [Theory]
    [InlineData("a\n{{ raise_exception('Only user and assistant roles') }}", 2, "Only user and assistant roles")]
    [InlineData("{% for x in [1] %}\n\n{{ missing.name }}{% endfor %}", 3, "'missing' is undefined")]
    [InlineData("{{ d.a }}\n{{ d.a.b }}", 2, "'dict object' has no attribute 'a'")]
    [InlineData("\n{{ [1][5].x }}", 2, "list object has no element 5")]
    [InlineData("\n{{ 'a' + 1 }}", 2, "can only concatenate str (not \"int\") to str")]
    [InlineData("\n{{ [].append(1) }}", 2, "access to attribute 'append' of 'list' object is unsafe")]
    [InlineData("\n{{ d.pop('a') }}", 2, "access to attribute 'pop' of 'dict' object is unsafe")]
    [InlineData("\n{{ 'a'.__class__.__mro__ }}", 2, "access to attribute '__class__' of 'str' object is unsafe")]
    [InlineData("\n{% if true %}{{ 1|nope }}{% endif %}", 2, "No filter named 'nope'")]
    [InlineData("\n{{ 'a'.encode() }}", 2, "string method 'encode' is not supported")]
    [InlineData("\n{{ 'a'.nope() }}", 2, "'str object' has no attribute 'nope'")]
    [InlineData("{% macro m() %}\n{{ 1 / 0 }}\n{% endmacro %}\n{{ m() }}", 2, "division by zero")]
    [InlineData("\n{{ strftime_now('%Y') }}", 2, "ChatTemplateInput.Now")]
    [InlineData("\n{{ 1|items }}{{ 1|items|list }}", 2, "mapping")]
    public void An_evaluation_that_fails_names_its_line(string source, int line, string named) =>
        Assert.Equal(line, Templates.Refused(() => Templates.Render(source, """{"d": {}}"""), $"line {line}", named).Line);

    [Theory]
    [InlineData("messages")]
    [InlineData("tools")]
    [InlineData("documents")]
    [InlineData("add_generation_prompt")]
    public void A_variable_cannot_take_the_place_of_a_field(string name) =>
        Templates.Refused(() => Templates.Render("x", $$"""{"{{name}}": []}"""), $"'{name}'");

    [Fact]
    public void Json_that_names_a_member_twice_is_refused() =>
        Templates.Refused(() => Templates.Render("{{ o }}", """{"o": {"a": 1, "a": 2}}"""), "a name twice");

    [Fact]
    public void Json_that_is_not_unicode_is_refused() =>
        Templates.Refused(() => Templates.Render("{{ o }}", """{"o": "\ud800"}"""), "not Unicode");

    [Fact]
    public void Json_made_in_memory_reads_as_json_that_was_parsed()
    {
        var variables = new JsonObject { ["a"] = 1, ["b"] = 1.0, ["c"] = 2.5f, ["d"] = 3m, ["e"] = 10_000_000_000L, ["f"] = true, ["g"] = null, ["h"] = 'x', ["i"] = 1e300 };
        var text = ChatTemplate.Parse("{{ [a, b, c, d, e, f, g, h, i] }}").Render(new ChatTemplateInput { Messages = [], Variables = variables });
        Assert.Equal("[1, 1.0, 2.5, 3, 10000000000, True, None, 'x', 1e+300]", text.Text);
        Assert.Equal("[1, 1.0, 2.5, 1e+16, 12345678901234567890]", Templates.Render("{{ l }}", """{"l": [1, 1.0, 2.5, 1e16, 12345678901234567890]}""").Text);
    }

    [Fact]
    public async Task One_template_renders_many_conversations_at_once()
    {
        var template = ChatTemplate.Parse(ChatTemplateFixtures.Text("published/meta-llama-Llama-3.1-8B-Instruct.jinja"));
        string Render(int number) => template.Render(new ChatTemplateInput
        {
            Messages = [new JsonObject { ["role"] = "user", ["content"] = $"question {number} 😀" }],
            SpecialTokens = new Dictionary<string, string> { ["bos_token"] = "<s>" },
        }).Text;
        var expected = Enumerable.Range(0, 64).Select(Render).ToArray();
        var rendered = await Task.WhenAll(Enumerable.Range(0, 64).Select(number => Task.Run(() => Render(number))));
        Assert.Equal(expected, rendered);
    }
}
