using CsCheck;
using Troupe.Models.Text;

namespace Troupe.Models.Tests.Text;

/// <summary>Text from a caller never becomes a special token or a placeholder, whatever stands around it.</summary>
public class ProvenanceEncodingTests
{
    private static readonly string[] s_specials = ["<|im_start|>", "<end_of_utterance>", "<image>", "<row_1_col_1>", "<fake_token_around_image>", "<|endoftext|>"];

    private static readonly Gen<string> s_plain = Gen.OneOf(
        Gen.OneOf("Hello", " world", "User:", "\n", "  ", "12", "½", "é", "日本", "😀", "👨‍👩‍👧", "'s", "<", ">", "<|", "|>", "im_start"),
        Gen.Char[' ', '\ud7ff'].Select(character => character.ToString()));

    /// <summary>Callers type special tokens, halves of them, and halves that the template would complete.</summary>
    private static readonly Gen<string> s_any = Gen.OneOf(
        s_plain,
        Gen.OneOf(s_specials),
        Gen.Select(Gen.OneOf(s_specials), Gen.Int[1, 11]).Select((token, cut) => token[..Math.Min(cut, token.Length - 1)]),
        Gen.Select(Gen.OneOf(s_specials), Gen.Int[1, 11]).Select((token, cut) => token[Math.Min(cut, token.Length - 1)..]));

    private static readonly Gen<ProvenanceText> s_text = Gen.Select(s_any, Gen.Bool).Array[0, 12].Select(ProvenanceTextTests.Assemble);

    private readonly ITokenizer _tokenizer = TextFixtures.Tokenizer("smolvlm-256m");

    [Fact]
    public void Only_the_templates_own_text_becomes_special_tokens() =>
        s_text.Sample(text =>
        {
            var found = _tokenizer.Encode(text).Where(_tokenizer.IsSpecial).Select(id => System.Text.Encoding.UTF8.GetString(_tokenizer.Bytes(id)));
            Assert.Equal(SpecialsOutsideCaller(text), found);
        }, iter: 2000);

    [Fact]
    public void The_ids_decode_to_the_text() =>
        s_text.Sample(text => _tokenizer.Decode(_tokenizer.Encode(text), skipSpecialTokens: false) == text.Text, iter: 2000);

    [Fact]
    public void Without_special_tokens_in_the_text_the_ids_are_those_of_the_plain_text() =>
        Gen.Select(s_plain, Gen.Bool).Array[0, 16].Select(ProvenanceTextTests.Assemble).Where(text => !s_specials.Any(text.Text.Contains))
            .Sample(text => _tokenizer.Encode(text).SequenceEqual(_tokenizer.Encode(text.Text, addSpecialTokens: false)), iter: 2000);

    [Fact]
    public void Without_caller_text_the_ids_are_the_references() =>
        s_any.Array[0, 12].Select(string.Concat).Sample(text =>
            _tokenizer.Encode(new ProvenanceText(text, [])).SequenceEqual(_tokenizer.Encode(text, addSpecialTokens: false)), iter: 2000);

    [Fact]
    public void A_placeholder_that_is_not_marked_special_is_not_matched_in_caller_text_either()
    {
        var json = TextFixtures.Changeable();
        json["added_tokens"]!.AsArray().Add(System.Text.Json.Nodes.JsonNode.Parse(
            """{"id":512,"content":"<pic>","special":false,"single_word":false,"lstrip":false,"rstrip":false,"normalized":true}"""));
        var text = new ProvenanceText("<pic><pic>", [new TextSpan(0, 5)]);
        var tokenizer = TextFixtures.Load(json, new HashSet<string> { "<pic>" });
        Assert.Equal([512, 512], tokenizer.Encode(text.Text, addSpecialTokens: false));
        Assert.Equal([.. tokenizer.Encode("<", false), .. tokenizer.Encode("pic", false), .. tokenizer.Encode(">", false), 512], tokenizer.Encode(text));
        Assert.Equal([512, 512], TextFixtures.Load(json).Encode(text));
    }

    /// <summary>A vocabulary may be able to merge its way to a special token: plain encoding does as the reference, caller text must not.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_special_token_that_merges_make_is_not_made_of_caller_text(bool ignoreMerges)
    {
        var json = TextFixtures.Changeable();
        json["model"]!["ignore_merges"] = ignoreMerges;
        json["added_tokens"]!.AsArray().Add(System.Text.Json.Nodes.JsonNode.Parse(
            """{"id":382,"content":"Ġhungry","special":true,"single_word":false,"lstrip":false,"rstrip":false,"normalized":false}"""));
        var tokenizer = TextFixtures.Load(json);
        Assert.Equal([382], tokenizer.Encode(" hungry", addSpecialTokens: false));
        var ids = tokenizer.Encode(new ProvenanceText(" hungry", [new TextSpan(0, 7)]));
        Assert.DoesNotContain(382, ids);
        Assert.Equal(" hungry", tokenizer.Decode(ids, skipSpecialTokens: true));
    }

    private static List<string> SpecialsOutsideCaller(ProvenanceText text)
    {
        var found = new List<string>();
        for (var i = 0; i < text.Text.Length; i++)
            foreach (var special in s_specials)
                if (string.CompareOrdinal(text.Text, i, special, 0, special.Length) == 0 && text.IsOutsideCaller(i, i + special.Length))
                {
                    found.Add(special);
                    i += special.Length - 1;
                    break;
                }
        return found;
    }
}
