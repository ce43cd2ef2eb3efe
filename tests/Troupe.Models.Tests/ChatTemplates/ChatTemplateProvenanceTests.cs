using System.Text.Json.Nodes;
using Troupe.Models.ChatTemplates;

namespace Troupe.Models.Tests.ChatTemplates;

public class ChatTemplateProvenanceTests
{
    /// <summary>Variables of the rows below; « and » stand around what must be caller text.</summary>
    private const string Caller = """{"c": "Ab c", "o": {"k": "v", "n": 12, "b": true}, "l": ["x", "yy"], "n": 7, "f": 1.5, "fmt": "<{}|{:>4}>", "pct": "<%s|%4s>", "s": "a,b;c"}""";

    [Theory]
    [InlineData("<|x|>{{ c }}</x>", "<|x|>«Ab c»</x>")]
    [InlineData("{{ '<' + c + '>' }}{{ '<' ~ c ~ '>' }}", "<«Ab c»><«Ab c»>")]
    [InlineData("{{ ('<' + c + '>')[1:4] }}{{ ('<' + c)[::-1] }}{{ ('<' + c)[0] }}{{ ('<' + c)[1] }}", "«Ab c bA»<<«A»")]
    [InlineData("{{ ('-' ~ c)|upper }}{{ ('-' ~ c)|title }}{{ c|capitalize }}{{ (' ' ~ c ~ ' ')|trim }}", "-«AB C»-«Ab CAb cAb c»")]
    [InlineData("{{ c|replace('b', '<') }}{{ 'a-b'|replace('-', c) }}", "«A»<« c»a«Ab c»b")]
    [InlineData("{{ l|join('<') }}{{ ['a', 'b']|join(c) }}", "«x»<«yy»a«Ab c»b")]
    [InlineData("{{ o|tojson }}", "{\"«k»\": \"«v»\", \"«n»\": «12», \"«b»\": true}")]
    [InlineData("{{ {'t': c, c: 't'}|tojson }}", "{\"t\": \"«Ab c»\", \"«Ab c»\": \"t\"}")]
    [InlineData("{{ l }}{{ o }}", "['«x»', '«yy»']{'«k»': '«v»', '«n»': «12», '«b»': True}")]
    [InlineData("{% for k, v in o|items %}{{ k }}={{ v }};{% endfor %}", "«k»=«v»;«n»=«12»;«b»=True;")]
    [InlineData("{{ s.split(',')[1] ~ '|' ~ s.split(';')|last }}{{ s.partition(',')|join('-') }}", "«b;c»|«c»«a»-«,»-«b;c»")]
    [InlineData("{{ c.center(8, '*') }}{{ c.zfill(6) }}{{ '%6s' % c }}", "**«Ab c»**00«Ab c»  «Ab c»")]
    [InlineData("{{ '%s|%s' % (c, 'x') }}{{ '{}|{}'.format('x', c) }}{{ '%s'|format(c) }}", "«Ab c»|xx|«Ab cAb c»")]
    [InlineData("{{ fmt.format('x', 'y') }}{{ pct % ('x', 'y') }}", "«<x|   y><x|   y>»")]
    [InlineData("{{ n }}{{ n + 1 }}{{ f }}{{ '5'|int }}{{ '%d' % n }}{{ range(n, 9)|list }}{{ c|length }}", "«78»«1.5»5«7»[«7», «8»]4")]
    [InlineData("{{ (c|e) ~ ('<'|e) }}{{ '<' ~ c|urlencode }}", "«Ab c»&lt;<«Ab%20c»")]
    [InlineData("{% set x %}[{{ c }}]{% endset %}{{ x }}{% filter upper %}a{{ c }}{% endfilter %}", "[«Ab c»]A«AB C»")]
    [InlineData("{% macro m(a) %}<{{ a }}{{ caller() }}>{% endmacro %}{% call m(c) %}-{{ c }}{% endcall %}", "<«Ab c»-«Ab c»>")]
    [InlineData("{{ dict(**o) }}{{ namespace(o) }}{% macro m() %}{{ kwargs }}{% endmacro %}{{ m(**o) }}",
        "{'«k»': '«v»', '«n»': «12», '«b»': True}<Namespace {'«k»': '«v»', '«n»': «12», '«b»': True}>{'«k»': '«v»', '«n»': «12», '«b»': True}")]
    [InlineData("{{ 'a\\nb'|indent(c) }}{{ c|indent(2, true) }}{{ c|truncate(3, true, '', 0) }}", "a\n«Ab c»b  «Ab cAb »")]
    [InlineData("{{ c|list|sort|first ~ (l|max) }}{{ l|map('upper')|join }}{{ l|reverse|list|tojson }}", "« yyXYY»[\"«yy»\", \"«x»\"]")]
    [InlineData("{{ l|groupby('0')|map('first')|join }}{{ {'b': c, 'a': 'x'}|dictsort|map('last')|join('-') }}", "«xy»x-«Ab c»")]
    public void Only_characters_of_the_caller_are_marked(string source, string expected) =>
        Assert.Equal(expected.Replace("»«", "", StringComparison.Ordinal), Templates.Marked(Templates.Render(source, Caller)));

    [Fact]
    public void Messages_tools_documents_and_variables_are_the_callers_special_tokens_are_not()
    {
        var template = ChatTemplate.Parse("{{ bos_token }}{{ messages[0].role }}:{{ messages[0].content }}{{ tools[0].name }}{{ documents[0] }}{{ extra }}{{ eos_token }}");
        var text = template.Render(new ChatTemplateInput
        {
            Messages = [new JsonObject { ["role"] = "user", ["content"] = "<s>" }],
            Tools = [new JsonObject { ["name"] = "f" }],
            Documents = ["d"],
            SpecialTokens = new Dictionary<string, string> { ["bos_token"] = "<s>", ["eos_token"] = "</s>" },
            Variables = new JsonObject { ["extra"] = "x" },
        });
        Assert.Equal("<s>«user»:«<s>fdx»</s>", Templates.Marked(text));
        Assert.Equal(1, text.CountOutsideCaller("<s>"));
    }

    [Fact]
    public void A_special_token_from_a_variable_is_the_callers()
    {
        var input = Templates.Input("""{"bos_token": "<s>"}""") with { SpecialTokens = new Dictionary<string, string> { ["bos_token"] = "<t>" } };
        Assert.Equal("«<s>»", Templates.Marked(ChatTemplate.Parse("{{ bos_token }}").Render(input)));
    }

    [Fact]
    public void Special_tokens_in_a_conversation_lie_in_spans_and_those_of_the_template_do_not()
    {
        var rows = ChatTemplateFixtures.Json("published/expected.json")["cases"]![1]!["rows"]!.AsArray();
        var messages = rows.First(row => (string)row!["label"]! == "specials_in_text")!["messages"]!;
        var template = ChatTemplate.Parse(ChatTemplateFixtures.Text("published/Qwen-Qwen2.5-7B-Instruct.jinja"));
        var text = template.Render(new ChatTemplateInput { Messages = messages.DeepClone().AsArray(), AddGenerationPrompt = true });
        var turns = messages.AsArray().Count + ((string)messages[0]!["role"]! == "system" ? 0 : 1) + 1;
        Assert.Contains("<|im_start|>", string.Concat(messages.AsArray().Select(message => (string)message!["content"]!)), StringComparison.Ordinal);
        Assert.Equal(turns, text.CountOutsideCaller("<|im_start|>"));
        Assert.Equal(turns - 1, text.CountOutsideCaller("<|im_end|>"));
    }
}
