using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Troupe.Contracts.V1;

namespace Troupe.Cluster.Tests.Processes;

/// <summary>A gateway and silos as an operator starts them: a process each, sockets between them.</summary>
internal sealed partial class ProcessCluster : IDisposable
{
    private readonly List<(string Role, ChildProcess Process)> _processes = [];
    private readonly string[] _membership;
    private readonly int _primaryPort = FreePort();
    private GrpcChannel? _channel;

    /// <param name="redis">host:port of a Redis; null lets the gateway hold the membership.</param>
    public ProcessCluster(string? redis = null) =>
        _membership = redis is null ? [$"--Troupe:Cluster:Primary=127.0.0.1:{_primaryPort}"] : [$"--Troupe:Cluster:Redis={redis}", "--Troupe:Cluster:ClusterId=" + Guid.NewGuid().ToString("N")];

    public Inference.InferenceClient Client => new(_channel);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts everything; completes when the gateway says by grpc.health.v1 that it serves.</summary>
    public async Task Start(CancellationToken cancellation, params string[] roles)
    {
        var gateway = ChildProcess.Dotnet("Troupe.Gateway.dll", [
            "--port", "0", "--grpc-port", "0", "--Troupe:Gateway:Address=localhost", "--Troupe:Mode=Member", "--Troupe:Roles=gateway", $"--Troupe:Cluster:SiloPort={_primaryPort}", .. _membership]);
        _processes.Add(("gateway", gateway));
        foreach (var role in roles)
            StartSilo(role);
        _channel = GrpcChannel.ForAddress(await gateway.When(GrpcAddress, cancellation), new GrpcChannelOptions { HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true } });
        using var health = new Health.HealthClient(_channel).Watch(new HealthCheckRequest(), cancellationToken: cancellation);
        await foreach (var answer in health.ResponseStream.ReadAllAsync(cancellation))
            if (answer.Status == HealthCheckResponse.Types.ServingStatus.Serving)
                return;
    }

    /// <summary>The first process with this role.</summary>
    public ChildProcess First(string role) => _processes.First(process => process.Role == role).Process;

    private void StartSilo(string role)
    {
        var silo = ChildProcess.Dotnet("Troupe.Silo.dll", [
            "--Troupe:Silo:Port=0", "--Troupe:Mode=Member", $"--Troupe:Roles={role}", $"--Troupe:Model:Path={Path.Combine(AppContext.BaseDirectory, "demo", "model")}", "--Troupe:Model:Name=demo",
            "--Troupe:Torch:DType=f32", "--Troupe:Torch:Threads=1", .. _membership]);
        _processes.Add((role, silo));
    }

    public void Dispose()
    {
        _channel?.Dispose();
        foreach (var (_, process) in Enumerable.Reverse(_processes))
            process.Dispose();
    }

    /// <summary>The second of the two addresses that the gateway tells of.</summary>
    private static string? GrpcAddress(IReadOnlyList<string> lines) =>
        lines.Select(line => Listening().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).Distinct().Skip(1).FirstOrDefault();

    [GeneratedRegex(@"Now listening on: (http://[^"" ]+:\d+)")]
    private static partial Regex Listening();
}
