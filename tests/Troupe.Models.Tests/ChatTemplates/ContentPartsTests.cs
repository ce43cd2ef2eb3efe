using Troupe.Models.ChatTemplates;

namespace Troupe.Models.Tests.ChatTemplates;

public class ContentPartsTests
{
    /// <summary>Families whose templates were written for content in parts.</summary>
    private static readonly string[] WithParts =
    [
        "demo-scenes", "gemma3", "gemma4", "gemma4_text", "idefics3", "internvl", "janus", "llava", "llava_onevision", "mistral3", "mllama", "qwen2_5_omni_thinker",
        "qwen2_5_vl", "qwen2_audio", "qwen3_5", "qwen3_vl", "smolvlm",
    ];

    [Fact]
    public void Vision_and_sound_templates_read_parts_and_text_templates_do_not() =>
        Assert.Equal(WithParts, ChatTemplateFixtures.Families.Where(family => ChatTemplate.Parse(ChatTemplateFixtures.Text($"families/{family}/chat_template.jinja")).ReadsContentParts));

    [Theory]
    [InlineData("Qwen-Qwen2.5-7B-Instruct")]
    [InlineData("deepseek-ai-DeepSeek-R1-Distill-Qwen-32B")]
    [InlineData("google-gemma-2-2b-it")]
    [InlineData("meta-llama-Llama-3.1-8B-Instruct")]
    [InlineData("microsoft-Phi-3.5-mini-instruct")]
    [InlineData("mistralai-Mistral-Nemo-Instruct-2407")]
    public void Published_text_templates_do_not_read_parts(string name) =>
        Assert.False(ChatTemplate.Parse(ChatTemplateFixtures.Text($"published/{name}.jinja")).ReadsContentParts);

    [Theory]
    [InlineData("{% for m in messages %}{% for p in m.content %}{{ p.text }}{% endfor %}{% endfor %}")]
    [InlineData("{% for m in messages %}{% for p in m['content'] or [] %}{{ p }}{% endfor %}{% endfor %}")]
    [InlineData("{% for m in messages %}{% for p in m.get('content', []) if p.type == 'text' %}{% endfor %}{% endfor %}")]
    [InlineData("{% for m in messages %}{{ m.content | map(attribute='text') | join }}{% endfor %}")]
    [InlineData("{% for m in messages %}{{ m.content if m.content is string else m.content[0]['text'] }}{% endfor %}")]
    [InlineData("{{ (messages[0].content | first).text }}")]
    [InlineData("{{ messages[0]['content'] | selectattr('type', 'equalto', 'text') | list | length }}")]
    [InlineData("{% macro r(c) %}{% for p in c %}{{ p['text'] }}{% endfor %}{% endmacro %}{{ r(messages[0].content) }}")]
    [InlineData("{% macro part(p) %}{{ p.text }}{% endmacro %}{% set c = messages[0].content %}{% for x in c %}{{ part(x) }}{% endfor %}")]
    [InlineData("{% macro r(a, c=none) %}{% for p in c %}{% if 'image' in p %}<i>{% endif %}{% endfor %}{% endmacro %}{{ r(1, c=messages[0].content) }}")]
    [InlineData("{% set c = messages[0].content if messages else [] %}{% with d = c %}{{ d[0].text }}{% endwith %}")]
    public void Content_taken_apart_is_found(string source) => Assert.True(ChatTemplate.Parse(source).ReadsContentParts);

    [Theory]
    [InlineData("{% for m in messages %}{{ m.content }}{% endfor %}")]
    [InlineData("{% for m in messages %}{{ m.content | trim }}{{ m.content[0] }}{{ m.content[:5] }}{% endfor %}")]
    [InlineData("{% for m in messages %}{% if m.content is iterable %}{{ m.content | tojson }}{% endif %}{% endfor %}")]
    [InlineData("{% for m in messages %}{% for line in m.content.split('\\n') %}{{ line }}{% endfor %}{% endfor %}")]
    [InlineData("{% for m in messages %}{% if '</think>' in m.content %}{{ m.content.split('</think>')[-1] }}{% endif %}{% endfor %}")]
    [InlineData("{% for m in messages %}{% set calls = m.content %}{% for call in calls %}{{ call.function.name }}{% endfor %}{% endfor %}")]
    [InlineData("{% for m in messages %}{% for call in m.tool_calls %}{{ call.type }}{% endfor %}{% endfor %}")]
    public void Content_printed_as_text_is_not(string source) => Assert.False(ChatTemplate.Parse(source).ReadsContentParts);
}
