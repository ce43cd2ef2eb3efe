using CsCheck;
using Troupe.Engine.Sampling;
using Troupe.Engine.Tests.Fakes;
using Troupe.Models.Checkpoints;
using Troupe.Models.Families;

namespace Troupe.Engine.Tests;

public sealed class DecodeEngineTests
{
    private static readonly Gen<SamplingParameters> s_sampling =
        Gen.Select(Gen.OneOf(Gen.Const(0f), Gen.Const(0.7f), Gen.Const(1f)), Gen.Int[1, 20], Gen.ULong, Gen.Bool, Gen.Int[0, 5]).Select((temperature, maxTokens, seed, rich, minTokens) =>
        {
            var sampling = new SamplingParameters
            {
                Temperature = temperature,
                MaxTokens = maxTokens,
                Seed = seed,
                StopTokenIds = [ByteTokenizer.End, .. Enumerable.Range(0, 12)],
            };
            return !rich ? sampling : sampling with
            {
                TopP = 0.8f,
                TopK = 50,
                RepetitionPenalty = 1.2f,
                FrequencyPenalty = 0.5f,
                NoRepeatNgramSize = 2,
                Logprobs = 3,
                MinTokens = Math.Min(minTokens, maxTokens),
                StopStrings = ["a", "xy", "\u00e9"],
            };
        });

    private static readonly Gen<EngineRequest> s_request =
        Gen.Select(Gen.Int[0, 256].Array[1, 40], Gen.Int[1, 3], s_sampling).Select((prompt, choices, sampling) =>
            new EngineRequest(new("tenant", "?"), 1, prompt, [], [], choices, sampling));

    [Fact]
    public void Requests_in_one_batch_get_what_each_gets_alone() =>
        Gen.Select(s_request.Array[1, 10], Gen.Int[1, 64], Gen.Int[3, 8], Gen.Bool).Sample((requests, stepTokens, maxRunning, tight) =>
        {
            using var fixture = new EngineFixture(EngineFixture.Options with { StepTokens = stepTokens, MaxRunning = maxRunning, MaxCachedTokens = tight ? 200 : null });
            for (var i = 0; i < requests.Length; i++)
            {
                requests[i] = requests[i] with { Key = new("tenant", $"{i}") };
                fixture.Submit(requests[i]);
            }

            foreach (var request in requests)
            {
                var answers = fixture.Transcript.Answers(request).GetAwaiter().GetResult();
                for (var choice = 0; choice < request.Choices; choice++)
                    Assert.True(Alone.Run(request, choice).SameAs(answers[choice]));
            }

            Assert.All(fixture.Decoder.Steps, step => Assert.InRange(step.Sum(chunk => chunk.Ids.Length), 1, Math.Max(stepTokens, maxRunning + 1)));
            Assert.All(fixture.Decoder.Steps, step => Assert.InRange(step.Length, 1, maxRunning));
        }, iter: 200);

    [Fact]
    public async Task Choices_share_one_prefill_and_differ_only_by_their_noise()
    {
        using var fixture = new EngineFixture();
        var request = Requests.Make("r", "one prompt for three", 10, new() { Temperature = 1, Seed = 5 }, choices: 3);
        fixture.Submit(request);
        var answers = await fixture.Transcript.Answers(request);

        Assert.Equal(request.PromptIds, Assert.Single(fixture.Decoder.Steps.First()).Ids);
        Assert.Equal(2, fixture.Decoder.Forks);
        Assert.All(fixture.Decoder.Steps.Skip(1), step => Assert.All(step, chunk => Assert.Single(chunk.Ids)));
        Assert.Equal(3, answers.Select(answer => string.Join(",", answer.Ids)).Distinct().Count());
    }

    [Fact]
    public async Task Features_stand_at_their_positions_however_the_prompt_is_cut()
    {
        var features = new FeatureSet[2];
        for (var medium = 0; medium < 2; medium++)
        {
            byte[] rows = [.. Enumerable.Range(medium * 50, 30).Select(row => (byte)row)];
            features[medium] = new(new Dictionary<string, HostTensor> { [FeatureSet.Embeddings] = new(ElementType.U8, [30, 1], rows) });
        }

        MediaSlot[] slots = [new(0, 0, 3, 12), new(0, 12, 17, 18), new(1, 0, 40, 30)];
        foreach (var stepTokens in new[] { 1, 2, 7, 16, 512 })
        {
            using var fixture = new EngineFixture(EngineFixture.Options with { StepTokens = stepTokens });
            var request = Requests.Make("r", new string('p', 80)) with { Slots = slots, Media = features };
            fixture.Submit(request);
            Assert.True(Alone.Run(request).SameAs(await fixture.Transcript.Answer("r")));
        }
    }

    [Fact]
    public async Task A_long_prompt_never_holds_up_running_streams_beyond_its_chunk()
    {
        using var fixture = new EngineFixture(EngineFixture.Options with { StepTokens = 16 }, gated: true);
        var running = Requests.Make("running", "short", 40);
        fixture.Submit(running);
        fixture.Gate.WaitForStep();

        var tokens = 0;
        fixture.Transcript.OnReceive = chunks => tokens += chunks.Count(chunk => chunk.Key.Id == "running");
        var prompt = Requests.Make("long", new string('x', 300), 3);
        fixture.Submit(prompt);
        for (var step = 1; step <= 25; step++)
        {
            fixture.Gate.NextStep();
            Assert.Equal(step, tokens);
        }

        Assert.All(fixture.Decoder.Steps, step => Assert.InRange(step.Sum(chunk => chunk.Ids.Length), 1, 16));
        fixture.Gate.Open();
        Assert.True(Alone.Run(running).SameAs(await fixture.Transcript.Answer("running")));
        Assert.True(Alone.Run(prompt).SameAs(await fixture.Transcript.Answer("long")));
    }

    [Fact]
    public async Task Each_receiver_is_called_once_a_step_with_all_its_chunks()
    {
        using var fixture = new EngineFixture(gated: true);
        var other = new Transcript();
        fixture.Submit(Requests.Make("a", "first", 5));
        fixture.Gate.WaitForStep();
        fixture.Submit(Requests.Make("b", "second", 4));
        Assert.True(fixture.Engine.Submit(Requests.Make("c", "third", 4), other).Accepted);
        fixture.Gate.Open();

        await Task.WhenAll(fixture.Transcript.Answer("a"), fixture.Transcript.Answer("b"), other.Answer("c"));
        Assert.Equal(5, fixture.Transcript.Deliveries); // one for a alone, four for a and b together
        Assert.Equal(4, other.Deliveries);
    }

    [Fact]
    public async Task A_receiver_that_throws_hurts_nobody_else()
    {
        using var fixture = new EngineFixture();
        var broken = new Transcript { OnReceive = _ => throw new InvalidOperationException("broken") };
        Assert.True(fixture.Engine.Submit(Requests.Make("broken", "x"), broken).Accepted);
        var request = Requests.Make("r", "y");
        fixture.Submit(request);
        Assert.True(Alone.Run(request).SameAs(await fixture.Transcript.Answer("r")));
    }

    [Fact]
    public async Task An_answer_ends_with_the_context()
    {
        using var fixture = new EngineFixture(decoder: new FakeDecoder(contextLength: 20));
        var request = Requests.Make("r", "fifteen letters", int.MaxValue, new() { Temperature = 1, Seed = 1 });
        fixture.Submit(request);
        var answer = await fixture.Transcript.Answer("r");
        Assert.Equal(FinishReason.Length, answer.Finish);
        Assert.Equal(5, answer.Ids.Length);
    }
}
