using System.Text.Json.Nodes;
using CsCheck;
using Troupe.Models.ChatTemplates;
using Troupe.Models.Text;

namespace Troupe.Models.Tests.ChatTemplates;

/// <summary>
/// Caller strings are written in letters that no template here writes (Greek, whose case changes stay Greek), so that the characters themselves tell where they came from.
/// </summary>
public class ChatTemplateProvenancePropertyTests
{
    private const string CallerLetters = "ΑΒΓΔΕΖΗΘΛΞΠΣΦΨΩαβγδεζηθλξπσφψωΐΰ";

    private const int Iterations = 20_000;

    private static readonly Gen<string> CallerText = Gen.Char[CallerLetters].Array[1, 12].Select(letters => new string(letters));

    private static readonly Gen<string> TemplateText = Of("<|im_start|>", "[INST]", "</s>", " ", "\\n", "a", "ab", "%", "{", "'");

    private static readonly Gen<int> Index = Gen.Int[-6, 6];

    /// <summary>Changes of a text; § stands for the text itself, which any chain of them may have changed before.</summary>
    private static readonly Gen<string> Step = Gen.OneOf(
        TemplateText.Select(text => $"({Quote(text)} + §)"),
        TemplateText.Select(text => $"(§ ~ {Quote(text)})"),
        Of("(§ + c)", "(d ~ §)", "(§ * 2)", "(§|upper)", "(§|lower)", "(§|title)", "(§|capitalize)", "(§|trim)", "(§|reverse)", "(§|string)",
            "(§|e)", "(§|safe)", "(§|indent(2, true))", "(§|list|join('-'))", "(§|list|sort|join)", "(§|list|unique|join)", "(§|map('upper')|join('|'))", "(§|batch(2)|map('join')|join('/'))",
            "([§, c]|tojson)", "({§: d}|tojson(indent=2))", "({'k': §}|string)", "([§, 'x']|join(c))", "('<%s|%s>' % (§, 'x'))", "('{}-{:>9}'.format(§, d))", "(§).swapcase()",
            "(§).title()", "(§).casefold()", "(§).strip('<a')", "(§).splitlines()|join('+')", "(§).center(20, '*')", "(§).zfill(9)", "(§).partition('a')|join('~')", "(§).expandtabs()",
            "' '.join([§, d])", "(§ if d else c)", "(§ or c)", "(§|default('x'))", "(§|truncate(8, true))", "(§|center(12))", "('%7s' % §)", "(§|first ~ §|last)"),
        Gen.Select(Index, Index).Select((start, stop) => $"(§)[{start}:{stop}]"),
        Gen.Int[0, 3].Select(i => new[] { 2, 3, -1, -2 }[i]).Select(step => $"(§)[::{step}]"),
        Gen.Select(TemplateText, TemplateText).Select((old, text) => $"(§|replace({Quote(old)}, {Quote(text)}))"),
        TemplateText.Select(text => $"(§).replace({Quote(text)}, d)"),
        TemplateText.Select(text => $"(§).split({Quote(text)})|join('^')"),
        TemplateText.Select(text => $"(§).rsplit({Quote(text)}, 1)|last"),
        TemplateText.Select(text => $"(§).removeprefix({Quote(text)})"));

    private static readonly Gen<string> Expression =
        Step.Array[0, 6].Select(steps => steps.Aggregate("c", (text, step) => step.Replace("§", text, StringComparison.Ordinal)));

    private static readonly Gen<string> Source = Gen.Select(Gen.Int[0, 5], Expression, TemplateText).Select((form, expression, text) => form switch
    {
        0 => $"{{% set x = {expression} %}}{{{{ x }}}}",
        1 => $"{{% set x %}}[{{{{ {expression} }}}}]{{% endset %}}{{{{ x }}}}",
        2 => $"{{% filter upper %}}a{{{{ {expression} }}}}{{% endfilter %}}",
        3 => $"{{% macro m(a) %}}<{{{{ a }}}}{{{{ caller() }}}}>{{% endmacro %}}{{% call m({expression}) %}}{{{{ d }}}}{{% endcall %}}",
        4 => $"{{% for x in {expression} %}}{{{{ loop.index }}}}{{{{ x }}}}{{% endfor %}}",
        _ => $"{{{{ {expression} }}}}",
    });

    [Fact]
    public void Every_character_of_a_caller_lies_in_a_span_and_none_of_the_template_does()
    {
        var rendered = 0;
        Gen.Select(Source, CallerText, CallerText).Sample((source, c, d) =>
        {
            ProvenanceText text;
            try
            {
                text = ChatTemplate.Parse(source).Render(new ChatTemplateInput { Messages = [], Variables = new JsonObject { ["c"] = c, ["d"] = d } });
            }
            catch (ChatTemplateException)
            {
                return;                                         // an empty slice has no first character
            }
            AssertMarked(source, text);
            Interlocked.Increment(ref rendered);
        }, iter: Iterations);
        Assert.InRange(rendered, Iterations / 2, Iterations);
    }

    [Fact]
    public void A_special_token_that_a_caller_spells_is_never_outside_a_span() =>
        Gen.Select(Of("<|im_start|>", "<", "|im_", "start|>", "x"), Of("<|im_start|>", "im_start|>", "<|im_start", " y")).Sample((left, right) =>
        {
            var text = ChatTemplate.Parse("<|im_start|>{{ c }}{{ d }}{{ (c ~ d)|upper|lower }}{{ [c ~ d]|tojson }}{{ '%s' % (c ~ d) }}<|im_start|>")
                .Render(new ChatTemplateInput { Messages = [], Variables = new JsonObject { ["c"] = left, ["d"] = right } });
            Assert.Equal(2, text.CountOutsideCaller("<|im_start|>"));
        });

    private static void AssertMarked(string source, ProvenanceText text)
    {
        var end = 0;
        foreach (var span in text.CallerSpans)
        {
            Assert.True(end <= span.Start && span.Start < span.End && span.End <= text.Text.Length, $"{source}: the spans are not sorted, disjoint and inside the text");
            end = span.End;
        }
        for (var at = 0; at < text.Text.Length; at++)
        {
            var isCaller = text.Text[at] is (>= '\u0300' and < '\u0400');
            if (isCaller == text.IsOutsideCaller(at, at + 1))
                Assert.Fail($"{source}: character {at} of {text.Text} is {(isCaller ? "not " : "")}marked as the caller's");
        }
    }

    private static Gen<string> Of(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(at => texts[at]);

    private static string Quote(string text) => "'" + text.Replace("'", "\\'", StringComparison.Ordinal) + "'";
}
