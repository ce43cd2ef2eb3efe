using Troupe.Engine.Sampling;
using Troupe.Engine.Tests.Fakes;

namespace Troupe.Engine.Tests;

/// <summary>Forward passes that throw and logits that are no numbers.</summary>
public sealed class DecodeEngineFailureTests
{
    private const int Poison = '!';

    [Fact]
    public async Task A_request_that_breaks_the_forward_pass_fails_alone()
    {
        var decoder = new FakeDecoder
        {
            OnHalfway = chunks =>
            {
                if (chunks.Any(chunk => ((FakeDecoder.FakeCache)chunk.Cache).Codes.Contains(Poison) || chunk.TokenIds.Span.Contains(Poison)))
                    throw new InvalidOperationException("the pass broke");
            },
        };
        using var fixture = new EngineFixture(EngineFixture.Options with { StepTokens = 16 }, decoder: decoder);
        var good = Enumerable.Range(0, 6).Select(i => Requests.Make($"{i}", new string((char)('a' + i), 5 + 7 * i), 12, Sampled(i), choices: 1 + i % 3)).ToArray();
        foreach (var request in good[..3])
            fixture.Submit(request);
        fixture.Submit(Requests.Make("bad", "oh no!", 12, NoPoison, choices: 2));
        foreach (var request in good[3..])
            fixture.Submit(request);

        for (var choice = 0; choice < 2; choice++)
        {
            var bad = await fixture.Transcript.Answer("bad", choice);
            Assert.Equal((FinishReason.Failed, "the pass broke"), (bad.Finish, bad.Error));
        }

        foreach (var request in good)
        {
            var answers = await fixture.Transcript.Answers(request);
            for (var choice = 0; choice < request.Choices; choice++)
                Assert.True(Alone.Run(request, choice).SameAs(answers[choice]));
        }
    }

    [Fact]
    public async Task A_pass_that_fails_once_halfway_loses_nothing()
    {
        var steps = 0;
        var decoder = new FakeDecoder { OnHalfway = chunks => { if (chunks.Count > 1 && ++steps % 3 == 0) throw new InvalidOperationException("once"); } };
        using var fixture = new EngineFixture(EngineFixture.Options with { StepTokens = 8 }, decoder: decoder);
        var requests = Enumerable.Range(0, 5).Select(i => Requests.Make($"{i}", new string((char)('a' + i), 3 + 5 * i), 15, Sampled(i), choices: 1 + i % 2)).ToArray();
        foreach (var request in requests)
            fixture.Submit(request);

        foreach (var request in requests)
        {
            var answers = await fixture.Transcript.Answers(request);
            for (var choice = 0; choice < request.Choices; choice++)
                Assert.True(Alone.Run(request, choice).SameAs(answers[choice]));
        }

        Assert.True(steps >= 3);
    }

    [Fact]
    public async Task A_decoder_that_always_breaks_fails_everyone_and_the_engine_still_answers()
    {
        var broken = true;
        var decoder = new FakeDecoder { OnForward = _ => { if (broken) throw new InvalidOperationException("broken"); } };
        using var fixture = new EngineFixture(decoder: decoder);
        for (var i = 0; i < 4; i++)
            fixture.Submit(Requests.Make($"{i}", "x", choices: 2));
        for (var i = 0; i < 4; i++)
            Assert.Equal(FinishReason.Failed, (await fixture.Transcript.Answer($"{i}", 1)).Finish);

        Assert.Equal(0, fixture.Engine.Load.Running);
        broken = false;
        var request = Requests.Make("after", "x");
        fixture.Submit(request);
        Assert.True(Alone.Run(request).SameAs(await fixture.Transcript.Answer("after")));
    }

    [Fact]
    public async Task Logits_that_are_no_numbers_fail_their_request_alone()
    {
        var decoder = new FakeDecoder { OnLogits = (last, logits) => { if (last == Poison) logits.Span[3] = float.NaN; } };
        using var fixture = new EngineFixture(decoder: decoder);
        var good = Requests.Make("good", "fine", 12, NoPoison);
        fixture.Submit(good);
        fixture.Submit(Requests.Make("bad", "oh no!"));
        var bad = await fixture.Transcript.Answer("bad");
        Assert.Equal(FinishReason.Failed, bad.Finish);
        Assert.Contains("token 3 is NaN", bad.Error, StringComparison.Ordinal);
        Assert.True(Alone.Run(good).SameAs(await fixture.Transcript.Answer("good")));
    }

    [Fact]
    public async Task A_cache_that_cannot_be_forked_fails_its_request_alone()
    {
        var decoder = new FakeDecoder { FailFork = () => true };
        using var fixture = new EngineFixture(decoder: decoder);
        var good = Requests.Make("good", "fine");
        fixture.Submit(good);
        fixture.Submit(Requests.Make("bad", "three", choices: 3));
        for (var choice = 0; choice < 3; choice++)
            Assert.Equal(FinishReason.Failed, (await fixture.Transcript.Answer("bad", choice)).Finish);
        Assert.True(Alone.Run(good).SameAs(await fixture.Transcript.Answer("good")));
    }

    private static SamplingParameters NoPoison { get; } = new() { SuppressTokenIds = [Poison] };

    private static SamplingParameters Sampled(int seed) => NoPoison with { Temperature = 1, Seed = (ulong)seed };
}
