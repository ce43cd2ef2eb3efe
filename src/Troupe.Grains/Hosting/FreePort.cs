using System.Net;
using System.Net.Sockets;

namespace Troupe.Grains.Hosting;

internal static class FreePort
{
    /// <summary>A port that nobody listens on now.</summary>
    public static int On(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
