using System.Net;
using Troupe.Contracts.Decoding;
using static Troupe.Gateway.Tests.Requests;

namespace Troupe.Gateway.Tests.Http;

public class ProbesAndMetricsTests
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

    [Fact]
    public async Task Metrics_tell_of_requests_by_status_and_of_the_time_to_the_first_token()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Cluster.Script = generation =>
        {
            generation.Accept();
            generation.Say(" A", 4);
            generation.Say(" B", ChoiceEnd.Stop, 5, 2);
            generation.Finish();
        };
        await gateway.Client.Generate(Hello()).Collect();
        await gateway.Client.Generate(Converse()).Refusal();

        using var client = new HttpClient { BaseAddress = gateway.Addresses.Http };
        var metrics = await client.GetStringAsync("/metrics");

        Assert.Equal("1", Value(metrics, "troupe_gateway_requests_total", "rpc_method=\"Generate\"", "rpc_response_status_code=\"OK\""));
        Assert.Equal("1", Value(metrics, "troupe_gateway_requests_total", "rpc_method=\"Generate\"", "rpc_response_status_code=\"InvalidArgument\""));
        Assert.Equal("1", Value(metrics, "gen_ai_server_time_to_first_token_seconds_count", "gen_ai_request_model=\"pictures\"", "gen_ai_operation_name=\"chat\""));
        Assert.Equal("1", Value(metrics, "gen_ai_server_time_per_output_token_seconds_count", "gen_ai_request_model=\"pictures\""));
        Assert.Equal("1", Value(metrics, "gen_ai_server_request_duration_seconds_count", "gen_ai_request_model=\"pictures\""));
        Assert.Equal("1", Value(metrics, "gen_ai_server_request_duration_seconds_count", "error_type=\"Invalid\""));
        Assert.Contains("gen_ai_server_time_to_first_token_seconds_bucket", metrics, StringComparison.Ordinal);
        Assert.Contains("le=\"81.92\"", metrics, StringComparison.Ordinal);
        Assert.Contains("kestrel_active_connections", metrics, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_collections_total", metrics, StringComparison.Ordinal);
    }

    private static string? Value(string metrics, string name, params string[] labels) => metrics.Split('\n')
        .SingleOrDefault(line => line.StartsWith(name + '{', StringComparison.Ordinal) && labels.All(label => line.Contains(label, StringComparison.Ordinal)))
        ?.Split(' ')[1];
}
