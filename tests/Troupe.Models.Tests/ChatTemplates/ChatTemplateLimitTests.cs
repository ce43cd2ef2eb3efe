using System.Text.Json.Nodes;
using Troupe.Models.ChatTemplates;

namespace Troupe.Models.Tests.ChatTemplates;

/// <summary>No template and no conversation takes more than its bounds; each bound is an error that names it.</summary>
public class ChatTemplateLimitTests
{
    [Theory]
    [InlineData("{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}")]
    [InlineData("{{ range(100000)|map('string')|list * 100 }}")]
    [InlineData("{{ [1]|map(attribute='a.' * 4000000)|list }}")]
    [InlineData("{{ [1]|sort(attribute='a,' * 4000000) }}")]
    [InlineData("{% set t = namespace(v=(1,)) %}{% for i in range(60) %}{% set t.v = (t.v, t.v) %}{% endfor %}{{ t.v == (t.v, 1)[0] }}{{ {t.v: 1} }}")]
    [InlineData("{% set a = namespace(v=[1]) %}{% set b = namespace(v=[1]) %}{% for i in range(60) %}{% set a.v = [a.v, a.v] %}{% set b.v = [b.v, b.v] %}{% endfor %}{{ a.v == b.v }}")]
    [InlineData("{{ []|batch(2)|list }}{{ [1]|batch(2000000000, 0)|list }}")]
    [InlineData("{{ range(0)|slice(2000000000)|list }}")]
    [InlineData("{% for x in [[1]] recursive %}{% for i in range(9999) %}{{ x|sort }}{% endfor %}{{ loop([[1]]) }}{% endfor %}")]
    public void Steps_end(string source) => Templates.Refused(() => Templates.Render(source), nameof(ChatTemplateLimits.MaxSteps), "10000000");

    [Theory]
    [InlineData("{% set t = namespace(v='ab') %}{% for i in range(60) %}{% set t.v = t.v ~ t.v %}{% endfor %}")]
    [InlineData("{% set t = namespace(v='ab') %}{% for i in range(60) %}{% set t.v = t.v|replace('a', 'aa') %}{% endfor %}")]
    [InlineData("{% set a = namespace(v=[1]) %}{% for i in range(60) %}{% set a.v = [a.v, a.v] %}{% endfor %}{{ a.v|tojson|length }}")]
    [InlineData("{{ 'ab' * 1000000000 }}")]
    [InlineData("{{ [1, 2] * 1000000000 }}")]
    [InlineData("{{ 'x'.center(2000000000) }}")]
    [InlineData("{{ '%900000000d' % 1 }}")]
    [InlineData("{{ '{:>99999999}'.format(1) }}")]
    [InlineData("{{ 'x'|indent(2000000000, true) }}")]
    [InlineData("{{ [1]|tojson(indent=2000000000) }}")]
    [InlineData("{{ '\\t'.expandtabs(2000000000) }}")]
    [InlineData("{% for i in range(100000) %}{{ 'x' * 1000 }}{% endfor %}")]
    [InlineData("{% macro m(t) %}{{ t }}{{ t }}{{ m(t ~ t) }}{% endmacro %}{{ m('abcdefgh') }}")]
    public void Texts_end(string source) => Templates.Refused(() => Templates.Render(source), nameof(ChatTemplateLimits.MaxTextLength), "16777216");

    [Theory]
    [InlineData("{% set t = 'ab' * 4000000 %}{% for i in range(1000) %}{% set u = t ~ i %}{% endfor %}")]
    [InlineData("{% set t = 'ab' * 4000000 %}{% for i in range(1000) %}{% set u = 'x' in t %}{% endfor %}")]
    [InlineData("{% set t = ' ' * 8000000 %}{% for i in range(1000) %}{% set u = t.strip() %}{% endfor %}")]
    [InlineData("{% set t = 'A' * 8000000 %}{% for i in range(1000) %}{% set u = t.upper() %}{% endfor %}")]
    [InlineData("{% set t = 'a' * 8000000 %}{% for i in range(1000) %}{% set u = t.isalpha() %}{% set u = t is lower %}{% endfor %}")]
    [InlineData("{% set t = 'a' * 4000000 %}{% set n = 'a' * 1000 ~ 'b' %}{% for i in range(1000) %}{% set u = t.find(n) %}{% endfor %}")]
    [InlineData("{% set t = '%-' ~ '-' * 8000000 ~ 'd' %}{% for i in range(1000) %}{% set u = strftime_now(t) %}{% endfor %}")]
    [InlineData("{% set t = '9' * 2400 %}{% for i in range(100000) %}{% set u = t|int %}{% endfor %}")]
    [InlineData("{% for i in range(100000) %}{% set u = '%.1000f' % 1e300 %}{% endfor %}")]
    [InlineData("{% set t = '😀' * 4000000 %}{% for i in range(100000) %}{% set u = t[i] %}{% set u = t.find('x', 9) %}{% endfor %}")]
    public void Work_on_characters_ends(string source) =>
        Templates.Refused(() => ChatTemplate.Parse(source).Render(Templates.Input() with { Now = DateTimeOffset.UnixEpoch }), nameof(ChatTemplateLimits.MaxCharacterWork), "134217728");

    [Theory]
    [InlineData("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")]
    [InlineData("{% macro m() %}{% call m() %}{{ caller() }}{% endcall %}{% endmacro %}{{ m() }}")]
    [InlineData("{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}")]
    [InlineData("{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}")]
    public void Recursion_ends(string source) => Templates.Refused(() => Templates.Render(source), nameof(ChatTemplateLimits.MaxRecursion), "1000");

    [Theory]
    [InlineData("{{ 2 ** 100000 }}")]
    [InlineData("{{ 2 ** 100 ** 100 }}")]
    [InlineData("{{ (-7) ** 1000000000000 }}")]
    [InlineData("{% set t = namespace(v=3) %}{% for i in range(100) %}{% set t.v = t.v * t.v %}{% endfor %}")]
    [InlineData("{{ ('9' * 4000)|int }}")]
    public void Numbers_end(string source) => Templates.Refused(() => Templates.Render(source), nameof(ChatTemplateLimits.MaxIntegerBits), "8192");

    [Theory]
    [InlineData("{{ range(100001) }}", "100001")]
    [InlineData("{{ range(-1, 10 ** 30) }}", "1000000000000000000000000000001")]
    public void Ranges_end(string source, string count) => Templates.Refused(() => Templates.Render(source), nameof(ChatTemplateLimits.MaxRange), count, "100000");

    [Fact]
    public void A_template_that_is_too_long_is_refused_with_its_length() =>
        Templates.Refused(() => ChatTemplate.Parse(new string('x', 300_000)), nameof(ChatTemplateLimits.MaxSourceLength), "300000", "262144");

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("{1:", "}")]
    [InlineData("not ", "")]
    [InlineData("-", "")]
    [InlineData("f(", ")")]
    [InlineData("a[", "]")]
    [InlineData("1 if 1 else ", "")]
    public void Deep_nesting_of_an_expression_is_refused(string open, string close)
    {
        string Nested(int depth) => "{{ " + string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth)) + " }}";
        ChatTemplate.Parse(Nested(90));
        Templates.Refused(() => ChatTemplate.Parse(Nested(10_000)), nameof(ChatTemplateLimits.MaxNesting), "200");
    }

    [Theory]
    [InlineData("{{ (((")]
    [InlineData("{% if x %}{% for y in z %}")]
    [InlineData("{# {# {#")]
    [InlineData("{% raw %}{{")]
    [InlineData("{{ 'a")]
    [InlineData("{% set x")]
    public void What_is_not_closed_is_refused(string source) => Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(source));

    [Theory]
    [InlineData("{% if 1 %}")]
    [InlineData("{% for x in y %}")]
    [InlineData("{% set x %}")]
    [InlineData("{% filter upper %}")]
    [InlineData("{% macro m() %}")]
    [InlineData("{% call m() %}")]
    [InlineData("{% with a = 1 %}")]
    [InlineData("{% generation %}")]
    [InlineData("{% if 1 %}{% else %}{% if 2 %}")]
    public void Deep_nesting_of_blocks_is_refused(string opening) =>
        Templates.Refused(() => ChatTemplate.Parse(string.Concat(Enumerable.Repeat(opening, 5_000))), nameof(ChatTemplateLimits.MaxNesting), "200");

    [Theory]
    [InlineData("a", "+a")]
    [InlineData("a", ".a")]
    [InlineData("a", "|e")]
    [InlineData("a", "()")]
    [InlineData("a", "[0]")]
    [InlineData("a", " or a")]
    [InlineData("a", " is defined")]
    [InlineData("a.content", "|default")]
    [InlineData("1", " if 1")]
    public void A_long_chain_ends_with_an_error_and_not_with_the_stack(string first, string link)
    {
        var source = "{{ " + first + string.Concat(Enumerable.Repeat(link, 200_000 / link.Length)) + " }}";
        OnASmallStack(() => Assert.IsType<ChatTemplateException>(Record.Exception(() => Templates.Render(source))));
    }

    [Fact]
    public void A_filter_block_with_a_long_chain_ends_with_an_error()
    {
        var source = "{% filter upper" + string.Concat(Enumerable.Repeat("|e", 100_000)) + " %}x{% endfilter %}";
        OnASmallStack(() => Assert.IsType<ChatTemplateException>(Record.Exception(() => Templates.Render(source))));
    }

    [Theory]
    [InlineData("[ns.v]", "{{ ns.v }}")]
    [InlineData("[ns.v]", "{{ ns.v|tojson }}")]
    [InlineData("[ns.v]", "{{ ns.v == [ns.v] }}{{ ns.v == other.v }}")]
    [InlineData("[ns.v]", "{{ ns.v < other.v }}")]
    [InlineData("(ns.v,)", "{{ {ns.v: 1} }}")]
    public void Deep_values_end_with_an_error_and_not_with_the_stack(string wrap, string use)
    {
        var deepen = "{% for i in range(90000) %}{% set ns.v = " + wrap + " %}{% endfor %}";
        var source = "{% set ns = namespace(v=1) %}" + deepen + "{% set other = namespace(v=ns.v) %}{% set ns.v = 1 %}" + deepen + use;
        OnASmallStack(() => Assert.IsType<ChatTemplateException>(Record.Exception(() => Templates.Render(source, "{}", new ChatTemplateLimits { MaxSteps = 100_000_000 }))));
    }

    [Fact]
    public void A_deep_conversation_ends_with_an_error_and_not_with_the_stack()
    {
        JsonNode node = "x";
        for (var i = 0; i < 100_000; i++)
            node = new JsonArray { node };
        OnASmallStack(() => Assert.IsType<ChatTemplateException>(Record.Exception(() =>
            ChatTemplate.Parse("{{ messages }}").Render(new ChatTemplateInput { Messages = (JsonArray)node }))));
    }

    [Fact]
    public void Recursion_ends_on_a_small_stack_too() => OnASmallStack(() =>
        Assert.IsType<ChatTemplateException>(Record.Exception(() => Templates.Render("{% macro m() %}{% if 1 %}{{ (m() ~ 'x')|upper }}{% endif %}{% endmacro %}{{ m() }}"))));

    [Fact]
    public void A_limit_is_the_last_value_that_passes()
    {
        var limits = new ChatTemplateLimits { MaxTextLength = 10, MaxRange = 3, MaxIntegerBits = 8 };
        Assert.Equal("0123456789", Templates.Render("01234{{ '56789' }}", "{}", limits).Text);
        Templates.Refused(() => Templates.Render("01234{{ '567890' }}", "{}", limits), nameof(ChatTemplateLimits.MaxTextLength), "10");
        Assert.Equal("3", Templates.Render("{{ range(3)|length }}", "{}", limits).Text);
        Assert.Equal("255", Templates.Render("{{ 250 + 5 }}", "{}", limits).Text);
        Templates.Refused(() => Templates.Render("{{ 250 + 6 }}", "{}", limits), nameof(ChatTemplateLimits.MaxIntegerBits), "8");
    }

    [Fact]
    public void A_long_conversation_stays_within_the_limits()
    {
        var messages = new JsonArray();
        for (var i = 0; i < 1000; i++)
            messages.Add(new JsonObject { ["role"] = i % 2 == 0 ? "user" : "assistant", ["content"] = new string('a', 2000) + "<think>x</think>" });
        foreach (var family in ChatTemplateFixtures.Families.Where(family => family != "qwen3-reranker")) // takes no conversation
        {
            var template = ChatTemplate.Parse(ChatTemplateFixtures.Text($"families/{family}/chat_template.jinja"));
            var input = new ChatTemplateInput
            {
                Messages = template.ReadsContentParts ? Parts(messages) : (JsonArray)messages.DeepClone(),
                AddGenerationPrompt = true,
                SpecialTokens = new Dictionary<string, string> { ["bos_token"] = "<s>", ["eos_token"] = "</s>" },
                Now = DateTimeOffset.UnixEpoch,
            };
            Assert.InRange(template.Render(input).Text.Length, 1_000_000, 3_000_000);
        }
    }

    private static JsonArray Parts(JsonArray messages) => [.. messages.Select(message => new JsonObject
    {
        ["role"] = (string)message!["role"]!,
        ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = (string)message["content"]! }),
    })];

    private static void OnASmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action), 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
