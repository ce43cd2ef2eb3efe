using CsCheck;
using Troupe.Contracts.Decoding;
using Troupe.Contracts.Generation;
using Troupe.Grains.Protocol;

namespace Troupe.Grains.Tests.Protocol;

/// <summary>Whatever happens in whatever order, over many seeded histories.</summary>
public sealed class OwnerHistoryTests
{
    private static readonly int[] Answer = [11, 12, 13, 14, 15, 16, 17, 18];

    private enum Happening
    {
        Begin, Prompt, Picture0, Picture1, ChooseA, ChooseB, AcceptA, FullA, GoneA, AcceptB, NoEngine,
        TokensA, TokensB, TokensA2, EndA, StageFails, LostA, LostB, Cancel,
    }

    private static readonly Gen<(Happening What, int At, int Count)[]> Histories =
        Gen.Select(Gen.Enum<Happening>(), Gen.Int[0, Answer.Length - 1], Gen.Int[1, 3]).Array[0, 60];

    [Fact]
    public void The_answer_is_always_a_prefix_and_the_request_ends_at_most_once() => Histories.Sample(history =>
    {
        var story = new OwnerStory(pictures: 2);
        var releases = 0;
        foreach (var (what, at, count) in history)
        {
            var before = story.Events.ToArray();
            releases += story.Tell(Input(what, at, count)).Count(output => output is Release);
            Assert.Equal(before, story.Events.Take(before.Length));
        }

        var ends = story.Events.Count(e => e is FinishedEvent or FailedEvent);
        Assert.Equal(story.Stage == OwnerStage.Ended ? 1 : 0, ends);
        Assert.Equal(ends, releases);
        if (ends == 1)
            Assert.True(story.Events[^1] is FinishedEvent or FailedEvent);
        Assert.Equal(Answer.Take(story.TokenIds.Count()), story.TokenIds);
        Assert.Equal(string.Concat(story.TokenIds), string.Concat(story.Events.OfType<TokensEvent>().Select(e => e.Text)));
        if (story.Events.OfType<TokensEvent>().Any())
            Assert.IsType<AcceptedEvent>(story.Events[0]);
    }, iter: 20_000);

    private static OwnerInput Input(Happening what, int at, int count) => what switch
    {
        Happening.Begin => new Begin(),
        Happening.Prompt => new PromptBuilt(new([1, 2], [])),
        Happening.Picture0 or Happening.Picture1 => new MediumEncoded(what - Happening.Picture0, new(new(SiloAddress.Zero, "", 1), [])),
        Happening.ChooseA => new EngineChosen("A"),
        Happening.ChooseB => new EngineChosen("B"),
        Happening.AcceptA => new EngineAnswered("A", DecodeAnswer.Accepted),
        Happening.FullA => new EngineAnswered("A", new(DecodeVerdict.Full)),
        Happening.GoneA => new EngineAnswered("A", new(DecodeVerdict.FeaturesGone)),
        Happening.AcceptB => new EngineAnswered("B", DecodeAnswer.Accepted),
        Happening.NoEngine => new NoEngine(new(RefusalKind.Full, "")),
        Happening.TokensA or Happening.TokensA2 => new TokensArrived("A", Chunk(at, count, null)),
        Happening.TokensB => new TokensArrived("B", Chunk(at, count, null)),
        Happening.EndA => new TokensArrived("A", Chunk(at, count, ChoiceEnd.Stop)),
        Happening.StageFails => new StageFailed(new(RefusalKind.Invalid, "")),
        Happening.LostA => new EngineLost("A"),
        Happening.LostB => new EngineLost("B"),
        _ => new CancelRequested(),
    };

    private static StepChunk Chunk(int at, int count, ChoiceEnd? finish) =>
        OwnerStory.Chunk(at, Answer[at..Math.Min(Answer.Length, at + count)]) with { Finish = finish };
}
