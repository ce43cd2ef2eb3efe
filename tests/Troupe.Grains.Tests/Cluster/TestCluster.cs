using System.Net;
using Troupe.Contracts.Cluster;
using Troupe.Grains.Cluster;
using Troupe.Grains.Generation;
using Troupe.Grains.Hosting;

namespace Troupe.Grains.Tests.Cluster;

/// <summary>A silo for each role, each with its own services.</summary>
public sealed class TestCluster : IAsyncLifetime
{
    private readonly List<TestSilo> _silos = [];
    private readonly string _primary = $"127.0.0.1:{FreePort.On(IPAddress.Loopback)}";

    internal TestSilo Gateway { get; private set; } = null!;

    internal TestSilo Text { get; private set; } = null!;

    internal TestSilo Vision { get; private set; } = null!;

    internal TestSilo Decode { get; private set; } = null!;

    internal Caller Caller { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Gateway = await Add(Roles.Gateway);
        Text = await Add(Roles.Text);
        Vision = await Add(Roles.Vision);
        Decode = await Add(Roles.Decode);
        await WhenEngines(1);
        Caller = new Caller(Gateway.Service<IInferenceCluster>());
    }

    internal async Task<TestSilo> Add(string roles)
    {
        var silo = await TestSilo.Start(roles, _primary, isPrimary: _silos.Count == 0);
        _silos.Add(silo);
        return silo;
    }

    /// <summary>Completes when the gateway counts on so many engines; 0 is when it offers no model.</summary>
    internal Task WhenEngines(int count) =>
        Gateway.Service<ClusterMonitor>().When(models => models.Sum(model => model.Engines) == count, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Enumerable.Reverse(_silos)) // the gateway holds the membership: it goes last
            await silo.DisposeAsync();
    }
}
