namespace Troupe.Gateway.Hosting;

/// <summary>Where the gateway listens: the section <c>Troupe:Gateway</c>.</summary>
public sealed record GatewayOptions
{
    public const string Section = "Troupe:Gateway";

    /// <summary><c>*</c> (every interface), <c>localhost</c> or an IP address.</summary>
    public string Address { get; init; } = "*";

    /// <summary>HTTP/1.1, for people, probes and metrics; 0 takes any free port.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>HTTP/2 without TLS, for gRPC; 0 takes any free port.</summary>
    public int GrpcPort { get; init; } = 8081;
}
