using System.Net;

namespace Troupe.Gateway.Tests.Http;

public class ProbesTests
{
    [Fact]
    public async Task A_gateway_without_a_model_is_alive_but_not_ready()
    {
        await using var gateway = await RunningGateway.Start();
        using var client = new HttpClient { BaseAddress = gateway.Addresses.Http };

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/healthz")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/readyz")).StatusCode);
        gateway.Cluster.Models = [];
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/healthz")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/readyz")).StatusCode);
    }
}
