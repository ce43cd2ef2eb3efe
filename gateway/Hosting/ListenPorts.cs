using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Troupe.Gateway.Errors;

namespace Troupe.Gateway.Hosting;

/// <summary>The gateway's two ports: plain HTTP/2 cannot share one with HTTP/1.1, because only TLS negotiates between them.</summary>
internal sealed record ListenPorts(IPAddress Address, int Http, int Grpc)
{
    /// <exception cref="CommandException">The address or a port cannot be one.</exception>
    public static ListenPorts From(IConfiguration configuration)
    {
        var options = configuration.GetSection(GatewayOptions.Section).Get<GatewayOptions>() ?? new GatewayOptions();
        var address = options.Address switch
        {
            "*" => Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any,
            "localhost" => IPAddress.Loopback,
            var text => IPAddress.TryParse(text, out var parsed) ? parsed
                : throw new CommandException($"'{text}' is no address to listen on; set {GatewayOptions.Section}:Address to *, localhost or an IP address of this machine."),
        };
        CheckRange(options.Port, "--port");
        CheckRange(options.GrpcPort, "--grpc-port");
        if (options.Port == options.GrpcPort && options.Port != 0)
            throw new CommandException($"HTTP and gRPC cannot share port {options.Port}; choose another with --port or --grpc-port.");
        return new ListenPorts(address, options.Port, options.GrpcPort);
    }

    public void Listen(KestrelServerOptions kestrel)
    {
        kestrel.Listen(Address, Http, listen => listen.Protocols = HttpProtocols.Http1);
        kestrel.Listen(Address, Grpc, listen => listen.Protocols = HttpProtocols.Http2);
    }

    /// <summary>Tells of a port in use before anything slow begins.</summary>
    /// <exception cref="CommandException">A port cannot be opened.</exception>
    public void Probe()
    {
        Probe(Http, "--port");
        Probe(Grpc, "--grpc-port");
    }

    private void Probe(int port, string option)
    {
        try
        {
            using var socket = new Socket(Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(new IPEndPoint(Address, port));
            socket.Listen();
        }
        catch (SocketException exception)
        {
            throw new CommandException(exception.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"Port {port} is in use; choose another with {option} (0 takes any free one).",
                SocketError.AccessDenied => $"Port {port} may not be opened by this user; choose one from 1024 up with {option}.",
                SocketError.AddressNotAvailable => $"{Address} is no address of this machine; set {GatewayOptions.Section}:Address to *, localhost or an IP address of this machine.",
                _ => $"Port {port} cannot be opened ({exception.Message}); choose another with {option}.",
            }, exception);
        }
    }

    private static void CheckRange(int port, string option)
    {
        if (port is < 0 or > IPEndPoint.MaxPort)
            throw new CommandException($"{port} is no port; give {option} a number from 0 (any free one) to {IPEndPoint.MaxPort}.");
    }
}
