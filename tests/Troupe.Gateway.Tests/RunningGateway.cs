using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Troupe.Gateway.Hosting;
using Troupe.Gateway.Tests.Fakes;
using Troupe.Gateway.Validation;
using Troupe.Grains.Generation;
using V1 = Troupe.Contracts.V1;

namespace Troupe.Gateway.Tests;

/// <summary>A real gateway on free ports in front of a fake cluster, and a real client.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningGateway(WebApplication app, FakeCluster cluster)
    {
        (_app, Cluster, Addresses) = (app, cluster, GatewayAddresses.Of(app));
        Channel = GrpcChannel.ForAddress(Addresses.Grpc, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true },
            DisposeHttpClient = true,
            MaxSendMessageSize = null,
        });
        Client = new V1.Inference.InferenceClient(Channel);
    }

    public FakeCluster Cluster { get; }

    public GatewayAddresses Addresses { get; }

    public GrpcChannel Channel { get; }

    public V1.Inference.InferenceClient Client { get; }

    /// <param name="settings">Pairs of key and value.</param>
    public static async Task<RunningGateway> Start(params (string Key, string Value)[] settings)
    {
        var cluster = new FakeCluster();
        var all = new Dictionary<string, string?>
        {
            ["Troupe:Gateway:Address"] = "localhost",
            ["Troupe:Gateway:Port"] = "0",
            ["Troupe:Gateway:GrpcPort"] = "0",
        };
        foreach (var (key, value) in settings)
            all[key] = value;
        var app = GatewayHost.Build("Demo", [], all, builder => builder.Services
            .AddSingleton<IInferenceCluster>(cluster)
            .AddSingleton<IRandomSource>(new FixedRandom()));
        await GatewayHost.Start(app, CancellationToken.None);
        return new RunningGateway(app, cluster);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
