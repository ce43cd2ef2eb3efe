using System.Text;
using CsCheck;
using Troupe.Models.Text;

namespace Troupe.Models.Tests.Text;

public class StreamingDetokenizerTests
{
    private readonly ITokenizer _real = TextFixtures.Tokenizer("smolvlm-256m");
    private readonly ITokenizer _small = TextFixtures.Tokenizer("llama");

    [Fact]
    public void The_pieces_of_random_ids_equal_the_whole_decode()
    {
        foreach (var (tokenizer, bytes) in ((ITokenizer, Gen<int>)[])[(_real, Bytes(_real)), (_small, Bytes(_small))])
            Gen.Select(Gen.OneOf(Gen.Int[0, tokenizer.VocabularySize - 1], bytes, bytes).Array[0, 40], Gen.Bool).Sample((ids, skip) =>
            {
                var detokenizer = tokenizer.CreateDetokenizer(skip);
                return string.Concat(ids.Select(detokenizer.Append)) + detokenizer.Flush() == tokenizer.Decode(ids, skip);
            }, iter: 5000);
    }

    /// <summary>Every valid text comes out whole whatever the ids that cut its characters, so nothing is ever said too early.</summary>
    [Fact]
    public void A_character_that_completes_later_is_never_shown_broken() =>
        Gen.OneOf(Gen.OneOf("é", "日本", "😀", "👨‍👩‍👧", "𝔸", "\u0301", "a "), Gen.String).Array[0, 12].Select(parts => Valid(string.Concat(parts))).Sample(text =>
        {
            var detokenizer = _small.CreateDetokenizer(skipSpecialTokens: true);
            var shown = "";
            foreach (var value in Encoding.UTF8.GetBytes(text))
            {
                Assert.True(_small.TryGetId(ByteLevelAlphabet.Character(value).ToString(), out var id));
                shown += detokenizer.Append(id);
                Assert.StartsWith(shown, text, StringComparison.Ordinal);
                Assert.False(shown.Length > 0 && char.IsHighSurrogate(shown[^1]));
            }
            Assert.Equal(text, shown);
            Assert.Equal("", detokenizer.Flush());
        });

    [Fact]
    public void A_character_that_never_completes_is_shown_at_the_end()
    {
        var detokenizer = _small.CreateDetokenizer(skipSpecialTokens: true);
        _small.TryGetId(ByteLevelAlphabet.Character(0xf0).ToString(), out var lead);
        _small.TryGetId(ByteLevelAlphabet.Character(0x9f).ToString(), out var next);
        Assert.Equal("", detokenizer.Append(lead));
        Assert.Equal("", detokenizer.Append(next));
        Assert.Equal("\ufffd", detokenizer.Flush());
        Assert.Equal("", detokenizer.Flush());
    }

    [Fact]
    public void A_skipped_special_token_inside_a_character_does_not_break_it()
    {
        _small.TryGetId("<|begin_of_text|>", out var special);
        int[] ids = [.. _small.Encode("é", addSpecialTokens: false)];
        Assert.Equal(2, ids.Length);
        var detokenizer = _small.CreateDetokenizer(skipSpecialTokens: true);
        Assert.Equal(["", "", "é"], [detokenizer.Append(ids[0]), detokenizer.Append(special), detokenizer.Append(ids[1])]);
        detokenizer = _small.CreateDetokenizer(skipSpecialTokens: false);
        Assert.Equal(["", "\ufffd<|begin_of_text|>", "\ufffd"], [detokenizer.Append(ids[0]), detokenizer.Append(special), detokenizer.Append(ids[1])]);
    }

    /// <summary>Ids of single bytes: half of them cannot stand alone.</summary>
    private static Gen<int> Bytes(ITokenizer tokenizer) => Gen.Byte.Select(value =>
        tokenizer.TryGetId(ByteLevelAlphabet.Character(value).ToString(), out var id) ? id : 0);

    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
