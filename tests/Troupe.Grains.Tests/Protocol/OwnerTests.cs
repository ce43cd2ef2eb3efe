using Troupe.Contracts.Decoding;
using Troupe.Contracts.Generation;
using Troupe.Grains.Protocol;

namespace Troupe.Grains.Tests.Protocol;

public sealed class OwnerTests
{
    [Fact]
    public void Media_are_encoded_while_the_prompt_is_built_and_an_engine_is_sought_when_all_are_there()
    {
        var story = new OwnerStory(pictures: 2);

        Assert.Equal([new BuildPrompt(), new EncodeMedium(0), new EncodeMedium(1)], story.Tell(new Begin()));
        Assert.Empty(story.Encoded(1));
        Assert.Empty(story.Built());
        Assert.IsType<FindEngine>(Assert.Single(story.Encoded(0)));
    }

    [Fact]
    public void Event_0_comes_before_any_token_even_when_tokens_are_quicker_than_the_engines_answer()
    {
        var story = new OwnerStory().Asking("engine");

        story.Tokens("engine", 0, 7, 8);
        story.Answered("engine", DecodeVerdict.Accepted);

        Assert.Collection(story.Events,
            first => Assert.IsType<AcceptedEvent>(first),
            second => Assert.Equal([7, 8], Assert.IsType<TokensEvent>(second).TokenIds));
    }

    [Fact]
    public void A_chunk_that_comes_twice_is_accepted_once()
    {
        var story = new OwnerStory().Streaming("engine");

        story.Tokens("engine", 0, 1, 2);
        story.Tokens("engine", 0, 1, 2);
        story.Tokens("engine", 2, 3);

        Assert.Equal([1, 2, 3], story.TokenIds);
        Assert.Equal([1L, 2L], story.Events.OfType<TokensEvent>().Select(e => e.Seq));
        Assert.Equal(TokenHash.Append(TokenHash.Empty, [1, 2, 3]), story.Events.OfType<TokensEvent>().Last().Hash);
    }

    [Fact]
    public void Tokens_of_another_claim_or_another_engine_are_dropped()
    {
        var story = new OwnerStory().Streaming("engine");

        story.Tell(new TokensArrived("engine", OwnerStory.Chunk(0, [5]) with { Epoch = OwnerStory.Epoch + 1 }));
        story.Tokens("other", 0, 6);

        Assert.Empty(story.TokenIds);
    }

    [Fact]
    public void A_gap_ends_the_request_and_never_becomes_a_hole_in_the_answer()
    {
        var story = new OwnerStory().Streaming("engine");

        var outputs = story.Tokens("engine", 3, 9);

        Assert.Contains(new CancelAt("engine"), outputs);
        Assert.Equal(RefusalKind.Internal, Assert.IsType<FailedEvent>(story.Events[^1]).Failure.Kind);
        Assert.Empty(story.TokenIds);
    }

    [Fact]
    public void A_full_engine_sends_the_request_on_and_the_last_refusal_ends_it()
    {
        var story = new OwnerStory().Asking("first");

        var next = Assert.IsType<FindEngine>(Assert.Single(story.Answered("first", DecodeVerdict.Full)));
        Assert.Equal(["first"], next.Tried);
        story.Tell(new NoEngine(new Refusal(RefusalKind.Full, "all are full")));

        Assert.Equal(new FailedEvent(new Refusal(RefusalKind.Full, "all are full")), Assert.Single(story.Events));
    }

    [Fact]
    public void Evicted_features_are_encoded_again_for_the_same_engine()
    {
        var story = new OwnerStory(pictures: 1).Asking("engine");

        Assert.Equal([new EncodeMedium(0)], story.Answered("engine", DecodeVerdict.FeaturesGone));
        var again = Assert.IsType<FindEngine>(Assert.Single(story.Encoded(0)));

        Assert.Empty(again.Tried);
    }

    [Fact]
    public void Features_that_are_evicted_for_ever_end_the_request_with_what_to_do()
    {
        var story = new OwnerStory(pictures: 1).Asking("engine");
        for (var round = 0; story.Events.Count == 0 && round < 10; round++)
        {
            story.Answered("engine", DecodeVerdict.FeaturesGone);
            story.Encoded(0);
            story.Tell(new EngineChosen("engine"));
        }

        Assert.Contains("Troupe:Features:MaxBytes", Assert.IsType<FailedEvent>(Assert.Single(story.Events)).Failure.Reason);
    }

    [Fact]
    public void The_request_finishes_when_its_last_choice_does_and_lets_go_of_its_features()
    {
        var story = new OwnerStory(pictures: 1, choices: 2).Streaming("engine");

        story.Tell(new TokensArrived("engine", OwnerStory.Chunk(0, [1]) with { Finish = ChoiceEnd.Stop }));
        Assert.Empty(story.Events.OfType<FinishedEvent>());
        var outputs = story.Tell(new TokensArrived("engine", OwnerStory.Chunk(0, [2, 3]) with { Choice = 1, Finish = ChoiceEnd.Length }));

        Assert.Equal(new FinishedEvent(OwnerStory.PromptTokens, 3), story.Events[^1]);
        Assert.Single(outputs.OfType<Release>().Single().Features);
    }

    [Fact]
    public void A_cancel_reaches_the_engine_and_ends_every_choice_at_once()
    {
        var story = new OwnerStory(choices: 2).Streaming("engine");
        story.Tokens("engine", 0, 4);

        var outputs = story.Tell(new CancelRequested());
        story.Tokens("engine", 1, 5);

        Assert.Contains(new CancelAt("engine"), outputs);
        Assert.Equal([ChoiceEnd.Cancelled, ChoiceEnd.Cancelled], story.Events.OfType<TokensEvent>().Select(e => e.Finish).OfType<ChoiceEnd>());
        Assert.Equal(new FinishedEvent(OwnerStory.PromptTokens, 1), story.Events[^1]);
        Assert.Equal([4], story.TokenIds);
    }

    [Fact]
    public void A_cancel_before_an_engine_took_it_is_a_refusal()
    {
        var story = new OwnerStory(pictures: 1);
        story.Tell(new Begin());

        story.Tell(new CancelRequested());

        Assert.Equal(RefusalKind.Cancelled, Assert.IsType<FailedEvent>(Assert.Single(story.Events)).Failure.Kind);
    }

    [Fact]
    public void The_death_of_the_engine_ends_the_request_with_a_clear_word_and_keeps_what_was_said()
    {
        var story = new OwnerStory().Streaming("engine");
        story.Tokens("engine", 0, 4);

        story.Tell(new EngineLost("other"));
        Assert.Equal([4], story.TokenIds);
        story.Tell(new EngineLost("engine"));

        Assert.Equal(RefusalKind.Unavailable, Assert.IsType<FailedEvent>(story.Events[^1]).Failure.Kind);
        Assert.Equal([4], story.TokenIds);
    }
}
