using Troupe.Engine.Tests.Fakes;

namespace Troupe.Engine.Tests;

/// <summary>Coming in, being refused, being cancelled, being replaced, ending.</summary>
public sealed class DecodeEngineLifeTests
{
    [Fact]
    public async Task A_cancelled_request_is_in_no_step_that_starts_afterwards()
    {
        using var fixture = new EngineFixture(gated: true);
        var stays = Requests.Make("stays", "stays here", 12);
        fixture.Submit(stays);
        fixture.Gate.WaitForStep();
        fixture.Submit(Requests.Make("goes", "goes away", 1000, choices: 2));
        fixture.Gate.NextStep();
        fixture.Gate.NextStep(); // both choices decode

        var before = fixture.Decoder.Steps.Count;
        fixture.Engine.Cancel(new("tenant", "goes"));
        fixture.Gate.Open();
        var answer = await fixture.Transcript.Answer("goes");
        Assert.Equal(FinishReason.Cancelled, answer.Finish);
        Assert.Equal(FinishReason.Cancelled, (await fixture.Transcript.Answer("goes", choice: 1)).Finish);
        Assert.True(Alone.Run(stays).SameAs(await fixture.Transcript.Answer("stays")));
        Assert.All(fixture.Decoder.Steps.Skip(before), step => Assert.Single(step));
    }

    [Fact]
    public async Task A_prompt_that_is_cancelled_is_read_no_further()
    {
        using var fixture = new EngineFixture(EngineFixture.Options with { StepTokens = 4 }, gated: true);
        fixture.Submit(Requests.Make("stays", "s", 30));
        fixture.Gate.WaitForStep();
        fixture.Submit(Requests.Make("goes", new string('x', 500)));
        fixture.Gate.NextStep();
        Assert.Equal([1, 3], fixture.Decoder.Steps.Last().Select(chunk => chunk.Ids.Length));

        fixture.Engine.Cancel(new("tenant", "goes"));
        fixture.Gate.NextStep();
        Assert.Equal([1], fixture.Decoder.Steps.Last().Select(chunk => chunk.Ids.Length));
        Assert.Equal(FinishReason.Cancelled, (await fixture.Transcript.Answer("goes")).Finish);
        Assert.Equal(1, fixture.Decoder.OpenCaches);
    }

    [Fact]
    public async Task A_request_cancelled_while_it_waits_never_runs()
    {
        using var fixture = new EngineFixture(EngineFixture.Options with { MaxRunning = 1 }, gated: true);
        fixture.Submit(Requests.Make("first", "first", 3));
        fixture.Gate.WaitForStep();
        fixture.Submit(Requests.Make("waits", "waits", 3));
        Assert.Equal(1, fixture.Engine.Load.Waiting);
        fixture.Engine.Cancel(new("tenant", "waits"));
        fixture.Gate.Open();

        var answer = await fixture.Transcript.Answer("waits");
        Assert.Equal((FinishReason.Cancelled, 0), (answer.Finish, answer.Ids.Length));
        await fixture.Transcript.Answer("first");
        Assert.Single(fixture.Decoder.Steps.Select(step => Assert.Single(step).Cache).Distinct());
    }

    [Fact]
    public void Cancelling_an_unknown_request_is_nothing()
    {
        using var fixture = new EngineFixture();
        fixture.Engine.Cancel(new("nobody", "nothing"));
    }

    [Fact]
    public async Task Tenants_do_not_share_ids()
    {
        using var fixture = new EngineFixture();
        var other = new Transcript();
        var request = Requests.Make("id", "one");
        fixture.Submit(request);
        var theirs = Requests.Make("id", "two") with { Key = new("other", "id") };
        Assert.True(fixture.Engine.Submit(theirs, other).Accepted);
        fixture.Engine.Cancel(new("third", "id"));
        Assert.True(Alone.Run(request).SameAs(await fixture.Transcript.Answer("id")));
        Assert.True(Alone.Run(theirs).SameAs(await other.Answer("id")));
    }

    [Fact]
    public async Task The_same_submit_twice_runs_once_even_after_the_end()
    {
        using var fixture = new EngineFixture(gated: true);
        var request = Requests.Make("r", "prompt", 4);
        fixture.Submit(request);
        fixture.Gate.WaitForStep();
        fixture.Submit(request);
        Assert.Equal(0, fixture.Engine.Load.Waiting);
        fixture.Gate.Open();
        await fixture.Transcript.Answer("r");

        fixture.Submit(request);
        var last = Requests.Make("last", "another", 1);
        fixture.Submit(last);
        await fixture.Transcript.Answer("last");
        Assert.Equal(5, fixture.Engine.Load.Steps);
    }

    [Fact]
    public async Task A_higher_epoch_replaces_and_a_lower_one_is_refused()
    {
        using var fixture = new EngineFixture(gated: true);
        fixture.Submit(Requests.Make("r", "prompt", 1000, epoch: 2));
        fixture.Gate.WaitForStep();
        Assert.False(fixture.Engine.Submit(Requests.Make("r", "prompt", 5, epoch: 1), fixture.Transcript).Accepted);

        var replacing = Requests.Make("r", "prompt", 5, epoch: 3);
        fixture.Submit(replacing);
        fixture.Gate.Open();
        Assert.Equal(FinishReason.Cancelled, (await fixture.Transcript.Answer("r", epoch: 2)).Finish);
        Assert.True(Alone.Run(replacing).SameAs(await fixture.Transcript.Answer("r", epoch: 3)));

        foreach (var late in new[] { 1, 2 })
            Assert.False(fixture.Engine.Submit(Requests.Make("r", "prompt", 5, epoch: late), fixture.Transcript).Accepted);
    }

    [Fact]
    public void Ended_requests_are_forgotten_in_the_end()
    {
        var door = new Engine.Scheduling.RequestDoor(EngineFixture.Options with { RememberedRequests = 2 }, 100);
        for (var i = 0; i < 4; i++)
        {
            Assert.True(door.Submit(Requests.Make($"{i}", "x"), new Transcript()).Accepted);
            Assert.True(door.Accepted.TryRead(out var job));
            door.LeftLine();
            door.Ended(job);
        }

        foreach (var (id, known) in new[] { (0, false), (1, false), (2, true), (3, true) })
        {
            Assert.Equal(!known, door.Submit(Requests.Make($"{id}", "x", epoch: 0), new Transcript()).Accepted);
        }
    }

    [Fact]
    public void What_can_never_run_is_refused_with_the_reason()
    {
        using var fixture = new EngineFixture(EngineFixture.Options with { MaxRunning = 2, MaxCachedTokens = 60 }, decoder: new FakeDecoder(50));
        AssertRefused("empty", Requests.Make("r", ""));
        AssertRefused("50", Requests.Make("r", new string('x', 50)));
        AssertRefused("3 choices", Requests.Make("r", "x", choices: 3));
        AssertRefused("100 cached tokens", Requests.Make("r", "x", 1000, choices: 2));

        void AssertRefused(string reason, EngineRequest request)
        {
            var answer = fixture.Engine.Submit(request, fixture.Transcript);
            Assert.False(answer.Accepted);
            Assert.Contains(reason, answer.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Requests_beyond_the_line_are_refused_and_the_others_run()
    {
        using var fixture = new EngineFixture(EngineFixture.Options with { MaxRunning = 1, MaxWaiting = 2 }, gated: true);
        fixture.Submit(Requests.Make("0", "x", 2));
        fixture.Gate.WaitForStep();
        fixture.Submit(Requests.Make("1", "x", 2));
        fixture.Submit(Requests.Make("2", "x", 2));
        Assert.Contains("waiting", fixture.Engine.Submit(Requests.Make("3", "x", 2), fixture.Transcript).Reason, StringComparison.Ordinal);
        fixture.Gate.Open();
        foreach (var id in new[] { "0", "1", "2" })
            await fixture.Transcript.Answer(id);
        Assert.Equal(new LoadReport(0, 0, 0, 6), fixture.Engine.Load);
    }

    [Fact]
    public async Task A_request_waits_until_its_longest_answer_fits()
    {
        using var fixture = new EngineFixture(EngineFixture.Options with { MaxCachedTokens = 30 }, gated: true);
        fixture.Submit(Requests.Make("a", "0123456789", 10));
        fixture.Gate.WaitForStep();
        fixture.Submit(Requests.Make("b", "0123456789", 10));
        fixture.Submit(Requests.Make("c", "01", 2)); // would fit, but does not overtake
        fixture.Gate.NextStep();
        Assert.Equal((1, 2), (fixture.Engine.Load.Running, fixture.Engine.Load.Waiting));
        fixture.Gate.Open();
        await Task.WhenAll(fixture.Transcript.Answer("a"), fixture.Transcript.Answer("b"), fixture.Transcript.Answer("c"));
        Assert.All(fixture.Decoder.Steps.Take(10), step => Assert.Single(step));
    }

    [Fact]
    public async Task Disposal_ends_every_request_as_failed_and_frees_its_cache()
    {
        var fixture = new EngineFixture(EngineFixture.Options with { MaxRunning = 2 }, gated: true);
        fixture.Submit(Requests.Make("runs", "x", 1000, choices: 2));
        fixture.Gate.WaitForStep();
        fixture.Submit(Requests.Make("waits", "x", 1000));
        fixture.Transcript.OnReceive = _ => fixture.Engine.Dispose(); // from the engine's own thread, after the first step
        fixture.Gate.Open();

        foreach (var answer in new[] { await fixture.Transcript.Answer("runs"), await fixture.Transcript.Answer("runs", 1), await fixture.Transcript.Answer("waits") })
        {
            Assert.Equal(FinishReason.Failed, answer.Finish);
            Assert.Contains("stopped", answer.Error, StringComparison.Ordinal);
        }

        Assert.False(fixture.Engine.Submit(Requests.Make("late", "x"), fixture.Transcript).Accepted);
        Assert.Single(fixture.Decoder.Steps);
        fixture.Dispose();
    }
}
