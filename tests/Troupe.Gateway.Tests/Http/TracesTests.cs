using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using static Troupe.Gateway.Tests.Requests;

namespace Troupe.Gateway.Tests.Http;

public class TracesTests
{
    [Fact]
    public async Task A_collector_is_sent_the_span_of_each_generation_and_the_metrics()
    {
        var received = new ConcurrentDictionary<string, string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body, Encoding.Latin1);
            received[signal] = received.GetValueOrDefault(signal) + await reader.ReadToEndAsync();
        });
        await collector.StartAsync();

        await using (var gateway = await RunningGateway.Start(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.Single()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")))
        {
            gateway.Cluster.Script = generation => generation.Finish();
            using var call = gateway.Client.Generate(Hello("traced-id"));
            await call.Collect();
        }

        Assert.Contains("chat pictures", received["traces"], StringComparison.Ordinal);
        Assert.Contains("gen_ai.response.id", received["traces"], StringComparison.Ordinal);
        Assert.Contains("traced-id", received["traces"], StringComparison.Ordinal);
        Assert.DoesNotContain("Hello", received["traces"], StringComparison.Ordinal);
        Assert.Contains("gen_ai.server.request.duration", received["metrics"], StringComparison.Ordinal);
    }
}
