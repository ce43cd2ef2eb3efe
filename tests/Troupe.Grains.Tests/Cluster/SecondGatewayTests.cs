using Troupe.Contracts.Cluster;
using Troupe.Contracts.Generation;
using Troupe.Grains.Cluster;
using Troupe.Grains.Generation;

namespace Troupe.Grains.Tests.Cluster;

public sealed class SecondGatewayTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    [Fact]
    public async Task A_second_gateway_serves_and_refuses_an_id_that_is_running_at_the_first()
    {
        await using var second = await cluster.Add(Roles.Gateway);
        await second.Service<ClusterMonitor>().When(models => models.Count > 0, TestContext.Current.CancellationToken);
        var caller = new Caller(second.Service<IInferenceCluster>());
        var running = cluster.Caller.LongRequest();
        await cluster.Caller.Submit(running);

        var refused = await caller.Submit(running);
        var events = await caller.Ask(caller.Request("Describe this image.", Caller.Scene("scene_00.png")), Caller.Scene("scene_00.png"));

        Assert.Equal(RefusalKind.IdInUse, refused.Refusal?.Kind);
        Assert.StartsWith("A large blue square", Caller.Text(events));
        await cluster.Caller.Cluster.Cancel(running.Key);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_begins_leaves_nothing_behind()
    {
        var request = cluster.Caller.LongRequest();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cluster.Caller.Cluster.Submit(request, [], new CancellationToken(canceled: true)));

        Assert.Equal(RefusalKind.Cancelled, Assert.IsType<FailedEvent>(Assert.Single(await cluster.Caller.Read(request))).Failure.Kind);
    }
}
