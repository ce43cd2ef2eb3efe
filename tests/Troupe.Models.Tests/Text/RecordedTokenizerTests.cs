using Troupe.Models.Text;

namespace Troupe.Models.Tests.Text;

/// <summary>Ids and texts that the reference recorded, from the real SmolVLM and GPT-2 vocabularies and from small ones.</summary>
public class RecordedTokenizerTests
{
    public static TheoryData<string> Recorded => [.. TextFixtures.Json("recorded.json").EnumerateObject().Select(folder => folder.Name)];

    [Fact]
    public void SmolVLM_ids_and_decoded_texts_equal_the_references()
    {
        var tokenizer = TextFixtures.Tokenizer("smolvlm-256m");
        var cases = TextFixtures.Json("smolvlm-256m/tokenizer_cases.json").GetProperty("cases").EnumerateArray().ToArray();
        Assert.True(cases.Length > 150);
        Assert.All(cases, row =>
        {
            Assert.Equal(row.Ids("ids"), tokenizer.Encode(row.String("text"), addSpecialTokens: true));
            Assert.Equal(row.String("decoded"), tokenizer.Decode(row.Ids("ids"), skipSpecialTokens: false));
            Assert.Equal(row.String("decoded_skip_special"), tokenizer.Decode(row.Ids("ids"), skipSpecialTokens: true));
        });
    }

    [Theory]
    [InlineData("gpt-2")]
    [InlineData("gpt2-llama3-split")]
    [InlineData("llama")]
    [InlineData("gpt2")]
    [InlineData("gpt_oss")]
    public void Rows_and_pairs_equal_the_references(string folder)
    {
        var tokenizer = TextFixtures.Tokenizer(folder);
        var recordings = TextFixtures.Json($"{folder}/expected.json").GetProperty("cases").EnumerateArray().Where(recorded => recorded.String("kind") == "tokenizer").ToArray();
        Assert.NotEmpty(recordings);
        foreach (var recorded in recordings)
        {
            Assert.NotEmpty(recorded.GetProperty("rows").EnumerateArray());
            Assert.All(recorded.GetProperty("rows").EnumerateArray(), row =>
            {
                Assert.Equal(row.Ids("ids"), tokenizer.Encode(row.String("text"), addSpecialTokens: true));
                Assert.Equal(row.Ids("ids_no_special"), tokenizer.Encode(row.String("text"), addSpecialTokens: false));
                Assert.Equal(row.String("decoded"), tokenizer.Decode(row.Ids("ids"), skipSpecialTokens: false));
                Assert.Equal(row.String("decoded_skip_special"), tokenizer.Decode(row.Ids("ids"), skipSpecialTokens: true));
            });
            if (recorded.TryGetProperty("pairs", out var pairs))
                Assert.All(pairs.EnumerateArray(), row => Assert.Equal(row.Ids("ids"), tokenizer.Encode(row.String("text"), row.String("pair"), addSpecialTokens: true)));
        }
    }

    /// <summary>Models with random weights answer with broken UTF-8: what the reference makes of it is the whole decode's and the stream's text.</summary>
    [Theory, MemberData(nameof(Recorded))]
    public void Prompts_and_answers_equal_the_references(string folder)
    {
        var tokenizer = TextFixtures.Tokenizer(folder);
        var recorded = TextFixtures.Json("recorded.json").GetProperty(folder);
        Assert.All(recorded.GetProperty("encoded").EnumerateArray(), row => Assert.Equal(row.Ids("ids"), tokenizer.Encode(row.String("text"), addSpecialTokens: true)));
        Assert.All(recorded.GetProperty("decoded").EnumerateArray(), row =>
        {
            foreach (var (name, skip) in ((string, bool)[])[("decoded", false), ("decoded_skip_special", true)])
            {
                if (!row.TryGetProperty(name, out var text))
                    continue;
                Assert.Equal(text.GetString(), tokenizer.Decode(row.Ids("ids"), skip));
                Assert.Equal(text.GetString(), Stream(tokenizer, row.Ids("ids"), skip));
            }
            if (row.TryGetProperty("stripped", out var stripped))
                Assert.Equal(stripped.GetString(), tokenizer.Decode(row.Ids("ids"), skipSpecialTokens: true).Trim());
        });
    }

    [Fact]
    public void Tokens_are_found_by_name_and_special_ones_are_known()
    {
        var tokenizer = TextFixtures.Tokenizer("smolvlm-256m");
        Assert.Equal(49280, tokenizer.VocabularySize);
        Assert.True(tokenizer.TryGetId("<image>", out var image));
        Assert.Equal(49190, image);
        Assert.True(tokenizer.IsSpecial(image));
        Assert.True(tokenizer.TryGetId("Hello", out var hello));
        Assert.Equal(19556, hello);
        Assert.False(tokenizer.IsSpecial(hello));
        Assert.False(tokenizer.TryGetId("no such token", out _));
        Assert.Equal("<image>"u8.ToArray(), tokenizer.Bytes(image).ToArray());
        Assert.Equal(" a"u8.ToArray(), tokenizer.Bytes(253).ToArray());
        Assert.True(tokenizer.Bytes(-1).IsEmpty && tokenizer.Bytes(tokenizer.VocabularySize).IsEmpty);
        Assert.Equal("Hello", tokenizer.Decode([-1, 19556, 1_000_000], skipSpecialTokens: false));
    }

    /// <summary>The cache of words is shared without a lock: callers at once must not see one another's words.</summary>
    [Fact]
    public void Many_threads_encode_as_one_does()
    {
        var texts = TextFixtures.Json("smolvlm-256m/tokenizer_cases.json").GetProperty("cases").EnumerateArray().Select(row => (row.String("text"), row.Ids("ids"))).ToArray();
        var tokenizer = TextFixtures.Tokenizer("smolvlm-256m");
        Parallel.For(0, 40 * texts.Length, i => Assert.Equal(texts[i * 31 % texts.Length].Item2, tokenizer.Encode(texts[i * 31 % texts.Length].Item1, addSpecialTokens: false)));
    }

    private static string Stream(ITokenizer tokenizer, int[] ids, bool skip)
    {
        var detokenizer = tokenizer.CreateDetokenizer(skip);
        return string.Concat(ids.Select(detokenizer.Append)) + detokenizer.Flush();
    }
}
