using System.Text;
using System.Text.Json.Nodes;
using Troupe.Models.Text;

namespace Troupe.Models.Tests.Text;

/// <summary>What cannot be done exactly as the reference does it is refused, and the message names it.</summary>
public class UnsupportedTokenizerTests
{
    [Theory]
    [InlineData("bert", "The model 'WordPiece' is not supported")]
    [InlineData("siglip", "The model 'Unigram' is not supported")]
    [InlineData("llava", "has byte_fallback = true")]
    [InlineData("gemma2", "has byte_fallback = true")]
    [InlineData("clip", "end_of_word_suffix = \"</w>\"")]
    [InlineData("qwen2", "The normalizer 'NFC' is not supported")]
    public void A_tokenizer_of_another_kind_is_refused_by_the_name_of_its_component(string name, string message) =>
        Assert.Contains(message, Assert.Throws<UnsupportedTokenizerException>(() => TokenizerLoader.Load(TextFixtures.File($"refused/{name}.json"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("pre_tokenizer", """{"type":"Metaspace","replacement":"_","prepend_scheme":"always","split":true}""", "The pre_tokenizer 'Metaspace' is not supported")]
    [InlineData("pre_tokenizer", """{"type":"Digits","individual_digits":true}""", "needs one ByteLevel step, and it must be the last")]
    [InlineData("pre_tokenizer", """{"type":"Sequence","pretokenizers":[{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true},{"type":"Digits","individual_digits":true}]}""", "it must be the last")]
    [InlineData("pre_tokenizer", """{"type":"Sequence","pretokenizers":[{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true},{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true}]}""", "needs one ByteLevel step")]
    [InlineData("pre_tokenizer", "null", "needs one ByteLevel step")]
    [InlineData("pre_tokenizer", """{"type":"ByteLevel","trim_offsets":true}""", "lacks add_prefix_space")]
    [InlineData("pre_tokenizer", """{"type":"ByteLevel","add_prefix_space":"no","trim_offsets":true}""", "has add_prefix_space = \"no\"; true or false was expected")]
    [InlineData("pre_tokenizer", """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":1}""", "has use_regex = 1")]
    [InlineData("pre_tokenizer", """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"pattern":"x"}""", "The pre_tokenizer 'ByteLevel' has the option pattern = \"x\"")]
    [InlineData("pre_tokenizer", """{"type":"Digits"}""", "The pre_tokenizer 'Digits' lacks individual_digits")]
    [InlineData("pre_tokenizer", """{"type":"Split","pattern":{"String":" "},"behavior":"Dropped","invert":false}""", "has behavior = \"Dropped\"")]
    [InlineData("pre_tokenizer", """{"type":"Split","pattern":{"String":" "},"behavior":"1","invert":false}""", "has behavior = \"1\"")]
    [InlineData("pre_tokenizer", """{"type":"Split","pattern":{"Glob":"*"},"behavior":"Removed","invert":false}""", "has the option Glob")]
    [InlineData("pre_tokenizer", """{"type":"Split","pattern":{"String":" ","Regex":" "},"behavior":"Removed","invert":false}""", "must be either a Regex or a String")]
    [InlineData("pre_tokenizer", """{"type":"Split","pattern":{"String":" "},"behavior":"Removed"}""", "The pre_tokenizer 'Split' lacks invert")]
    [InlineData("pre_tokenizer", """[]""", "The pre_tokenizer is []; an object was expected")]
    [InlineData("normalizer", """{"type":"Lowercase"}""", "The normalizer 'Lowercase' is not supported")]
    [InlineData("normalizer", """{"type":"Sequence","normalizers":[{"type":"NFC"}]}""", "The normalizer 'NFC' is not supported")]
    [InlineData("post_processor", """{"type":"RobertaProcessing","sep":["</s>",2],"cls":["<s>",0],"trim_offsets":true,"add_prefix_space":false}""", "The post_processor 'RobertaProcessing' is not supported")]
    [InlineData("post_processor", """{"type":"TemplateProcessing","single":[{"Sequence":{"id":"B","type_id":0}}],"pair":[],"special_tokens":{}}""", "has id = \"B\"; A was expected")]
    [InlineData("post_processor", """{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>","type_id":0}}],"pair":[],"special_tokens":{}}""", "special_tokens lacks <s>")]
    [InlineData("post_processor", """{"type":"TemplateProcessing","single":[{"Sequence":{"id":"A","type_id":0}}],"pair":[],"special_tokens":{},"trim":true}""", "has the option trim")]
    [InlineData("post_processor", """{"type":"Sequence","processors":[{"type":"TemplateProcessing","single":[],"pair":[],"special_tokens":{}},{"type":"TemplateProcessing","single":[],"pair":[],"special_tokens":{}}]}""", "two TemplateProcessing steps")]
    [InlineData("decoder", """{"type":"BPEDecoder","suffix":"</w>"}""", "The decoder 'BPEDecoder' is not supported")]
    [InlineData("decoder", """{"type":"ByteLevel","errors":"strict"}""", "The decoder 'ByteLevel' has the option errors")]
    [InlineData("decoder", "null", "without a decoder")]
    [InlineData("version", "\"2.0\"", "has version = \"2.0\"")]
    [InlineData("vocabulary_files", "[]", "tokenizer.json has the option vocabulary_files")]
    [InlineData("model", "null", "tokenizer.json lacks model")]
    [InlineData("added_tokens", "{}", "added_tokens is of kind Object")]
    public void A_section_that_is_not_supported_is_refused_by_name(string section, string json, string message) =>
        Assert.Contains(message, Refusal(root => root[section] = JsonNode.Parse(json)), StringComparison.Ordinal);

    [Theory]
    [InlineData("dropout", "0.1", "has dropout = 0.1")]
    [InlineData("continuing_subword_prefix", "\"##\"", "has continuing_subword_prefix = \"##\"")]
    [InlineData("byte_fallback", "true", "has byte_fallback = true")]
    [InlineData("byte_fallback", "\"true\"", "has byte_fallback = \"true\"; true or false was expected")]
    [InlineData("fuse_unk", "0", "has fuse_unk = 0")]
    [InlineData("ignore_merges", "\"yes\"", "has ignore_merges = \"yes\"")]
    [InlineData("cache_size", "5", "The model 'BPE' has the option cache_size")]
    [InlineData("type", "\"WordLevel\"", "The model 'WordLevel' is not supported")]
    [InlineData("vocab", """{"a":-1}""", "The id of 'a' in vocab is -1")]
    [InlineData("vocab", """{"a":2000000000}""", "The id of 'a' in vocab is 2000000000")]
    [InlineData("vocab", """{"a":1.5}""", "The id of 'a' in vocab is 1.5")]
    [InlineData("vocab", "[]", "a vocab of kind Array")]
    [InlineData("merges", """["a b c"]""", "the merge \"a b c\"")]
    [InlineData("merges", """["ab"]""", "the merge \"ab\"")]
    [InlineData("merges", """[["a","b","c"]]""", "which is not two tokens")]
    [InlineData("merges", """[["a","nowhere"]]""", "'a' + 'nowhere', which names a token that is not in its vocabulary")]
    public void An_option_of_the_model_that_is_not_supported_is_refused_by_name(string option, string json, string message) =>
        Assert.Contains(message, Refusal(root => root["model"]![option] = JsonNode.Parse(json)), StringComparison.Ordinal);

    [Theory]
    [InlineData("special", "null", "The added token '<|begin_of_text|>' lacks special")]
    [InlineData("lstrip", "\"true\"", "has lstrip = \"true\"")]
    [InlineData("case_sensitive", "false", "The added token '<|begin_of_text|>' has the option case_sensitive")]
    [InlineData("id", "510", "has the id 510, but the reference numbers it 506")]
    [InlineData("content", "\"a\"", "The added token 'a' has the id 506, but the reference numbers it 64")]
    [InlineData("content", "7", "An entry of added_tokens has content = 7")]
    public void An_added_token_with_an_unknown_flag_or_another_id_is_refused_by_name(string flag, string json, string message) =>
        Assert.Contains(message, Refusal(root => root["added_tokens"]![0]![flag] = JsonNode.Parse(json)), StringComparison.Ordinal);

    [Theory]
    [InlineData("^a", "the edge of a line")]
    [InlineData("a$", "the edge of a line")]
    [InlineData(@"\w+", @"'\w'")]
    [InlineData(@"\bword", @"'\b'")]
    [InlineData(@"\h", @"'\h'")]
    [InlineData("(?m:a)", "the group '(?m:'")]
    [InlineData("(?<name>a)", "the group")]
    [InlineData("[a[bc]]", "a class inside a class")]
    [InlineData("[[:alpha:]]", "a class inside a class")]
    [InlineData(@"[\p{L}&&[^a]]", "an intersection of classes")]
    [InlineData("[a-z-[m]]", "a class inside a class")]
    [InlineData("[]a]", "']' as the first character of a class")]
    [InlineData("[ab", "a class without an end")]
    [InlineData("a{,3}", "the count")]
    [InlineData("a{3}?", "the count")]
    [InlineData("a++", "nested quantifier", true)]
    [InlineData(@"\p{Han}", "Han")]
    [InlineData("😀", "outside the basic plane")]
    [InlineData("[\u00a0-\u00ff]", "U+00C0, which stands for others here")]
    [InlineData(@"[\u0370-\u03ff]", "U+0378, which stands for others here")]
    [InlineData(@"\u05d0", "U+05D0, which stands for others here")]
    [InlineData("(?i:ss)", "'ss' without regard to case")]
    [InlineData("(?i:[a-z])", "a class without regard to case")]
    [InlineData("(?i:é)", "'é' without regard to case")]
    [InlineData("(a", "not enough )'s", true)]
    public void A_pattern_that_means_something_else_to_the_reference_is_refused(string pattern, string message, bool ignoreCase = false)
    {
        var refusal = Refusal(root => root["pre_tokenizer"]!["pretokenizers"]![0]!["pattern"] = new JsonObject { ["Regex"] = pattern });
        Assert.Contains(message, refusal, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        Assert.Contains(pattern, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"model":{"type":"BPE","vocab":{},"merges":[]},"decoder":null}""")]
    [InlineData("""{"model":{"type":7}}""")]
    public void A_file_that_is_no_tokenizer_is_refused(string json) =>
        Assert.Throws<UnsupportedTokenizerException>(() => TokenizerLoader.Load(Encoding.UTF8.GetBytes(json)));

    /// <summary>They hold what the last caller of the library asked for; the reference sets both anew in every call.</summary>
    [Fact]
    public void Truncation_and_padding_of_the_file_neither_cut_nor_fill_a_text()
    {
        var json = TextFixtures.Changeable();
        json["truncation"] = JsonNode.Parse("""{"direction":"Right","max_length":2,"strategy":"LongestFirst","stride":0}""");
        json["padding"] = JsonNode.Parse("""{"strategy":{"Fixed":64},"direction":"Right","pad_to_multiple_of":null,"pad_id":0,"pad_type_id":0,"pad_token":"x"}""");
        var text = "The hollow robot washes the hollow baker";
        Assert.Equal(TextFixtures.Tokenizer("llama").Encode(text, addSpecialTokens: true), TextFixtures.Load(json).Encode(text, addSpecialTokens: true));
    }

    [Fact]
    public void Both_writings_of_merges_give_the_same_ids()
    {
        var json = TextFixtures.Changeable();
        var merges = json["model"]!["merges"]!.AsArray().Select(merge => $"{merge![0]} {merge[1]}");
        json["model"]!["merges"] = new JsonArray([JsonValue.Create("#version: 0.2"), .. merges.Select(merge => JsonValue.Create(merge))]);
        var recorded = TextFixtures.Json("llama/expected.json").GetProperty("cases").EnumerateArray().Single(recorded => recorded.String("kind") == "tokenizer").GetProperty("rows");
        Assert.All(recorded.EnumerateArray(), row => Assert.Equal(row.Ids("ids"), TextFixtures.Load(json).Encode(row.String("text"), addSpecialTokens: true)));
    }

    [Fact]
    public void A_tokenizer_without_optional_sections_loads()
    {
        var json = TextFixtures.Changeable();
        foreach (var section in (string[])["version", "truncation", "padding", "normalizer", "post_processor", "added_tokens"])
            json.AsObject().Remove(section);
        json["normalizer"] = JsonNode.Parse("""{"type":"Sequence","normalizers":[]}""");
        Assert.Equal([304, 68], TextFixtures.Load(json).Encode("one", addSpecialTokens: true));
    }

    private static string Refusal(Action<JsonNode> change)
    {
        var json = TextFixtures.Changeable();
        change(json);
        return Assert.Throws<UnsupportedTokenizerException>(() => TextFixtures.Load(json)).Message;
    }
}
