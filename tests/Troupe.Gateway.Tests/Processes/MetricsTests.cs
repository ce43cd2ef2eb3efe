using static Troupe.Gateway.Tests.Requests;

namespace Troupe.Gateway.Tests.Processes;

/// <summary>Counts of a process that only this test asks anything of.</summary>
[Collection("processes")] // one after the other: there are times in them
public class MetricsTests(ServingProcess serving) : IClassFixture<ServingProcess>
{
    [Fact]
    public async Task Metrics_tell_of_requests_by_status_and_of_the_time_to_the_first_token()
    {
        await serving.Client.Generate(Hello()).Collect();
        await serving.Client.Generate(Converse()).Refusal();

        using var client = new HttpClient { BaseAddress = serving.Http };
        var metrics = await client.GetStringAsync("/metrics");

        Assert.Equal("1", Value(metrics, "troupe_gateway_requests_total", "rpc_method=\"Generate\"", "rpc_response_status_code=\"OK\""));
        Assert.Equal("1", Value(metrics, "troupe_gateway_requests_total", "rpc_method=\"Generate\"", "rpc_response_status_code=\"InvalidArgument\""));
        Assert.Equal("1", Value(metrics, "gen_ai_server_time_to_first_token_seconds_count", "gen_ai_request_model=\"demo-scenes\"", "gen_ai_operation_name=\"chat\""));
        Assert.Equal("1", Value(metrics, "gen_ai_server_time_per_output_token_seconds_count", "gen_ai_request_model=\"demo-scenes\""));
        Assert.Equal("1", Value(metrics, "gen_ai_server_request_duration_seconds_count", "gen_ai_request_model=\"demo-scenes\""));
        Assert.Equal("1", Value(metrics, "gen_ai_server_request_duration_seconds_count", "error_type=\"Invalid\""));
        Assert.NotNull(Value(metrics, "gen_ai_server_time_to_first_token_seconds_bucket", "le=\"81.92\""));
        Assert.NotNull(Value(metrics, "troupe_engine_step_duration_seconds_bucket", "le=\"0.0025\""));
        Assert.Contains("kestrel_active_connections", metrics, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_collections_total", metrics, StringComparison.Ordinal);
        Assert.Contains("orleans_", metrics, StringComparison.Ordinal);
    }

    private static string? Value(string metrics, string name, params string[] labels) => metrics.Split('\n')
        .SingleOrDefault(line => line.StartsWith(name + '{', StringComparison.Ordinal) && labels.All(label => line.Contains(label, StringComparison.Ordinal)))
        ?.Split(' ')[1];
}
