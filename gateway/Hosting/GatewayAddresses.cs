using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Troupe.Gateway.Hosting;

/// <summary>Where a started gateway answers, as a client on the same machine would say.</summary>
internal sealed record GatewayAddresses(Uri Http, Uri Grpc)
{
    /// <param name="app">A started gateway.</param>
    public static GatewayAddresses Of(WebApplication app)
    {
        var bound = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        return bound.Select(Local).ToArray() is [var http, var grpc]
            ? new GatewayAddresses(http, grpc)
            : throw new InvalidOperationException($"The gateway listens at {string.Join(", ", bound)}; it should be two addresses.");
    }

    private static Uri Local(string address)
    {
        var uri = new Uri(address);
        var everywhere = IPAddress.TryParse(uri.Host, out var host) && (host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any));
        return everywhere ? new UriBuilder(uri) { Host = "localhost" }.Uri : uri;
    }
}
