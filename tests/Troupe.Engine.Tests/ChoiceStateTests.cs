using System.Text;
using CsCheck;
using Troupe.Engine.Sampling;
using Troupe.Engine.Tests.Fakes;

namespace Troupe.Engine.Tests;

public sealed class ChoiceStateTests
{
    private static readonly ByteTokenizer s_tokenizer = new();
    private static readonly Gen<int[]> s_ids = Gen.OneOf(Gen.Int[97, 99], Gen.Int[97, 99], Gen.Int[0, 255], Gen.OneOf(Gen.Const(0xe2), Gen.Const(0x82), Gen.Const(0xac))).Array[0, 40];

    [Fact]
    public void Ids_accepted_elsewhere_give_the_same_state() =>
        Gen.Select(s_ids, Gen.Int[0, 40]).Sample((ids, cut) =>
        {
            var sampling = new SamplingParameters { StopStrings = ["abc", "ca\u20ac"], StopTokenIds = [7], MaxTokens = 35 };
            var unbroken = Start(sampling);
            var accepted = ids.TakeWhile(id => { var goes = unbroken.Finish is null; if (goes) unbroken.Accept(id); return goes; }).ToArray();

            cut = Math.Min(cut, accepted.Length);
            var first = Start(sampling);
            var text = new StringBuilder();
            foreach (var id in accepted[..cut])
                text.Append(first.Accept(id));
            var replayed = ChoiceState.Replay(sampling, s_tokenizer, [1, 2], 100, accepted.AsSpan(0, cut));
            Assert.Equal(first.Finish, replayed.Finish);
            foreach (var id in accepted[cut..])
            {
                var piece = first.Accept(id);
                Assert.Equal(piece, replayed.Accept(id));
                text.Append(piece);
            }

            Assert.Equal(unbroken.Finish, replayed.Finish);
            Assert.Equal(first.Count, replayed.Count);
        });

    [Fact]
    public void The_text_of_an_answer_is_the_decoded_ids() =>
        s_ids.Where(ids => ids.Length > 0).Sample(ids =>
        {
            var state = Start(new() { MaxTokens = ids.Length });
            var text = string.Concat(ids.Select(state.Accept));
            return text == s_tokenizer.Decode(ids, true) && state.Finish == FinishReason.Length;
        });

    [Fact]
    public void A_stop_string_across_tokens_ends_the_answer_before_it_and_the_ids_keep_all()
    {
        var state = Start(new() { StopStrings = ["lo w"] });
        var text = string.Concat(Encoding.UTF8.GetBytes("hello w").Select(id => state.Accept(id)));
        Assert.Equal("hel", text);
        Assert.Equal(FinishReason.Stop, state.Finish);
        Assert.Equal(7, state.Count);
    }

    [Fact]
    public void Text_held_for_a_stop_string_comes_out_at_the_end()
    {
        var state = Start(new() { StopStrings = ["low"], MaxTokens = 5 });
        Assert.Equal("hello", string.Concat(Encoding.UTF8.GetBytes("hello").Select(id => state.Accept(id))));
        Assert.Equal(FinishReason.Length, state.Finish);
    }

    [Fact]
    public void An_end_token_ends_the_answer_and_has_no_text()
    {
        var state = Start(new() { StopTokenIds = [ByteTokenizer.End] });
        Assert.Equal("a", state.Accept('a') + state.Accept(ByteTokenizer.End));
        Assert.Equal(FinishReason.Stop, state.Finish);
        Assert.Throws<InvalidOperationException>(() => state.Accept('b'));
    }

    private static ChoiceState Start(SamplingParameters sampling) => new(sampling, s_tokenizer, [1, 2], 100);
}
