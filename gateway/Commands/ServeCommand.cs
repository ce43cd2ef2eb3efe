using System.CommandLine;
using Troupe.Gateway.Hosting;

namespace Troupe.Gateway.Commands;

/// <summary>Serves until the process is told to stop.</summary>
internal static class ServeCommand
{
    public static async Task Run(ParseResult parsed, HostCommandOptions options, Action<WebApplicationBuilder> addCluster, CancellationToken cancellation)
    {
        await using var app = GatewayHost.Build(null, HostCommandOptions.Arguments(parsed), options.Settings(parsed), addCluster);
        await GatewayHost.Start(app, cancellation);
        await app.WaitForShutdownAsync(cancellation);
    }
}
