using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Troupe.Grains.Hosting;

namespace Troupe.Grains.Tests.Cluster;

/// <summary>A silo as a host makes it, in this process: real sockets on loopback, the bundled model in float32.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private readonly WebApplication _host;
    private bool _stopped;

    private TestSilo(WebApplication host) => _host = host;

    public SiloAddress Address => Service<ILocalSiloDetails>().SiloAddress;

    public static async Task<TestSilo> Start(string roles, string primary, bool isPrimary)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Troupe:Mode"] = "Member",
            ["Troupe:Roles"] = roles,
            ["Troupe:Cluster:Primary"] = primary,
            ["Troupe:Cluster:SiloPort"] = isPrimary ? primary.Split(':')[1] : "0",
            ["Troupe:Model:Path"] = Path.Combine(AppContext.BaseDirectory, "demo", "model"),
            ["Troupe:Model:Name"] = "demo",
            ["Troupe:Torch:DType"] = "f32",
            ["Troupe:Torch:Device"] = "cpu",
        });
        builder.AddTroupeSilo();
        var host = builder.Build();
        await host.StartAsync();
        return new TestSilo(host);
    }

    public T Service<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>As on a polite shutdown.</summary>
    public async Task Stop()
    {
        if (_stopped)
            return;
        _stopped = true;
        await _host.StopAsync();
        await _host.DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await Stop();
}
