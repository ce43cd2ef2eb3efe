using Troupe.Contracts.Cluster;
using Troupe.Contracts.Decoding;
using Troupe.Contracts.Generation;
using Troupe.Grains.Generation;

namespace Troupe.Grains.Tests.Cluster;

public sealed class DepartureTests
{
    [Fact]
    public async Task An_engine_that_leaves_ends_its_requests_with_a_clear_word_and_no_others()
    {
        await using var cluster = new TestCluster();
        await cluster.InitializeAsync();
        var staying = cluster.Caller.LongRequest();
        await cluster.Caller.Submit(staying); // to the only engine
        var leaving = await cluster.Add(Roles.Decode);
        await cluster.WhenEngines(2);
        var unlucky = await RequestOn(cluster, leaving.Address);

        await leaving.Stop();

        var failure = Assert.IsType<FailedEvent>((await cluster.Caller.Read(unlucky))[^1]).Failure;
        Assert.Contains("engine", failure.Reason);
        Assert.Equal(ChoiceEnd.Length, Caller.End(await cluster.Caller.Read(staying)));
        await cluster.WhenEngines(1);
    }

    [Fact]
    public async Task Without_a_silo_for_a_stage_the_model_is_not_offered()
    {
        await using var cluster = new TestCluster();
        await cluster.InitializeAsync();

        await cluster.Vision.Stop();

        await cluster.WhenEngines(0);
    }

    /// <summary>A long request that the router gave to this engine: different beginnings go different ways.</summary>
    private static async Task<GenerationRequest> RequestOn(TestCluster cluster, SiloAddress engine)
    {
        for (var n = 0; n < 64; n++)
        {
            var request = cluster.Caller.LongRequest($"Question {n}");
            await cluster.Caller.Submit(request);
            if (cluster.Gateway.Service<GenerationHub>().Find(request.Key)!.Engine == EngineAddress.Of(engine))
                return request;
            await cluster.Caller.Cluster.Cancel(request.Key);
        }
        throw new InvalidOperationException("The router gave the engine nothing.");
    }
}
