using System.Diagnostics.Metrics;

namespace Troupe.Grains.Tests.Cluster;

public sealed class SingleEncodeTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    [Fact]
    public async Task A_picture_that_many_requests_want_at_once_is_encoded_once()
    {
        var scene = Caller.Scene("scene_01.png");
        var encoded = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "troupe.encoder.pictures" && instrument.Meter.Scope == cluster.Vision.Service<IMeterFactory>())
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref encoded, (int)value));
        listener.Start();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => cluster.Caller.Ask(cluster.Caller.Request("Describe this image.", scene), scene)));

        Assert.Single(answers.Select(Caller.Text).Distinct());
        Assert.Equal(1, encoded);
    }

    [Fact]
    public async Task One_callers_cancel_takes_nothing_from_the_others()
    {
        var scene = Caller.Scene("scene_00.png");
        using var impatient = new CancellationTokenSource();
        var first = cluster.Caller.Cluster.Submit(cluster.Caller.Request("What colour is the background?", scene), [scene], impatient.Token);
        var second = cluster.Caller.Ask(cluster.Caller.Request("What colour is the background?", scene), scene);

        await impatient.CancelAsync();

        Assert.Equal("Dark.", Caller.Text(await second));
        await first.ContinueWith(_ => { }, TestContext.Current.CancellationToken); // cancelled, or through before
    }
}
