using System.Text.Json;
using Troupe.Contracts.Decoding;
using Troupe.Contracts.Generation;
using Troupe.Grains.Transfer;

namespace Troupe.Grains.Tests.Cluster;

public sealed class ClusterTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    /// <summary>Rows recorded from the reference in float32.</summary>
    [Fact]
    public async Task Questions_about_a_picture_are_answered_with_the_references_tokens()
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "scenes", "expected.json")));
        foreach (var row in expected.RootElement.GetProperty("rows").EnumerateArray().Where(row => row.GetProperty("image").GetString() is "scene_00.png" or "scene_01.png"))
        {
            var scene = Caller.Scene(row.GetProperty("image").GetString()!);

            var events = await cluster.Caller.Ask(cluster.Caller.Request(row.GetProperty("question").GetString()!, scene), scene);

            Assert.Equal(row.GetProperty("answer_ids").EnumerateArray().Select(id => id.GetInt32()), Caller.TokenIds(events));
            Assert.Equal(row.GetProperty("answer").GetString(), Caller.Text(events));
        }
    }

    [Fact]
    public async Task Each_stage_runs_only_on_silos_with_its_role()
    {
        var scene = Caller.Scene("scene_00.png");
        for (var n = 0; n < 8; n++)
            await cluster.Caller.Ask(cluster.Caller.Request("How many shapes are there?", scene), scene);

        var activations = await cluster.Gateway.Service<IGrainFactory>().GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();

        Assert.Equal([cluster.Gateway.Address], SilosOf("generation"));
        Assert.Equal([cluster.Text.Address], SilosOf("prompt"));
        Assert.Equal([cluster.Vision.Address], SilosOf("imageencoder"));
        Assert.Equal([cluster.Decode.Address], SilosOf("decoder"));

        IEnumerable<SiloAddress> SilosOf(string type) => activations.Where(a => a.GrainId.Type.ToString() == type).Select(a => a.SiloAddress).Distinct();
    }

    [Fact]
    public async Task The_events_of_a_request_number_its_tokens_and_carry_their_hash()
    {
        var request = cluster.Caller.Request("Describe this image.") with { Choices = 2 };

        var events = await cluster.Caller.Ask(request);

        Assert.Equal(request.Key, Assert.IsType<AcceptedEvent>(events[0]).Key);
        Assert.Equal(Caller.TokenIds(events).Length, Assert.IsType<FinishedEvent>(events[^1]).CompletionTokens);
        foreach (var choice in events.OfType<TokensEvent>().GroupBy(tokens => tokens.Choice))
        {
            var (seq, hash) = (-1L, TokenHash.Empty);
            foreach (var tokens in choice)
            {
                (seq, hash) = (seq + tokens.TokenIds.Length, TokenHash.Append(hash, tokens.TokenIds));
                Assert.Equal((seq, hash), (tokens.Seq, tokens.Hash));
            }
            Assert.Equal(ChoiceEnd.Stop, choice.Last().Finish);
        }
    }

    [Fact]
    public async Task A_request_that_is_known_is_joined_from_its_first_event_and_its_id_takes_no_other_body()
    {
        var request = cluster.Caller.Request("Describe this image.");
        var first = await cluster.Caller.Ask(request);

        var again = await cluster.Caller.Ask(request);
        var other = await cluster.Caller.Submit(request with { BodyDigest = "another" });

        Assert.Equal(first, again);
        Assert.Equal(RefusalKind.IdInUse, other.Refusal?.Kind);
    }

    [Fact]
    public async Task A_cancelled_request_ends_in_the_middle_and_an_unknown_one_is_not_found()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var request = cluster.Caller.LongRequest();
        await cluster.Caller.Submit(request);
        await using var events = cluster.Caller.Cluster.Read(request.Key, cancellation).GetAsyncEnumerator(cancellation);
        while (await events.MoveNextAsync() && events.Current is not TokensEvent)
        {
        }

        Assert.True(await cluster.Caller.Cluster.Cancel(request.Key));

        var all = await cluster.Caller.Read(request);
        Assert.Equal(ChoiceEnd.Cancelled, Caller.End(all));
        Assert.InRange(Caller.TokenIds(all).Length, 1, 900); // the context has room for more
        Assert.False(await cluster.Caller.Cluster.Cancel(new GenerationKey("tenant", "unknown")));
    }

    [Fact]
    public async Task A_broken_picture_is_refused_with_its_number_and_nobody_else_is_disturbed()
    {
        var scene = Caller.Scene("scene_00.png");
        var broken = (byte[])scene.Clone();
        broken.AsSpan(broken.Length / 2, 40).Clear(); // inside the compressed pixels: the header promises a picture
        var bad = cluster.Caller.Request("Describe this image.", scene, broken);

        var neighbour = cluster.Caller.Ask(cluster.Caller.Request("Describe this image.", scene), scene);
        var result = await cluster.Caller.Submit(bad, scene, broken);

        Assert.Equal(RefusalKind.Invalid, result.Refusal?.Kind);
        Assert.StartsWith("Picture 2:", result.Refusal!.Reason);
        Assert.Equal(ChoiceEnd.Stop, Caller.End(await neighbour));
    }

    [Fact]
    public async Task A_prompt_beyond_the_context_is_refused_with_the_limit()
    {
        var result = await cluster.Caller.Submit(cluster.Caller.Request(string.Concat(Enumerable.Repeat("how many shapes ", 2000))));

        Assert.Equal(RefusalKind.Invalid, result.Refusal?.Kind);
        Assert.Contains("1024", result.Refusal!.Reason);
    }

    [Fact]
    public async Task When_a_request_has_ended_its_media_are_gone_and_its_features_stay_as_cache()
    {
        var scene = Caller.Scene("scene_01.png");
        var request = cluster.Caller.Request("Describe this image.", scene);

        await cluster.Caller.Ask(request, scene);

        Assert.Null(cluster.Gateway.Service<MediaStore>().Find(MediaStore.KeyOf(request.Key, 0)));
        Assert.NotEqual(0, cluster.Vision.Service<FeatureStore>().Bytes);
    }
}
