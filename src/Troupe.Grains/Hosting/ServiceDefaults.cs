using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Troupe.Grains.Hosting;

/// <summary>What every host has: telemetry, health and logs.</summary>
public static class ServiceDefaults
{
    /// <summary>Tag of the health checks that decide whether a host can serve.</summary>
    public const string ReadyTag = "ready";

    private const string Alive = "/healthz";
    private const string Ready = "/readyz";
    private const string Metrics = "/metrics";

    /// <summary>Upper bounds of buckets for our histograms in seconds, from a quick step to a slow request.</summary>
    private static readonly double[] SecondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    /// <summary>
    /// Adds OpenTelemetry metrics and traces (sent by OTLP when OTEL_EXPORTER_OTLP_ENDPOINT is set), health checks, and console logs:
    /// JSON on standard output in production, readable lines on standard error elsewhere.
    /// </summary>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        AddLogs(builder);
        builder.Services.AddHealthChecks();

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Environment.ApplicationName))
            .WithMetrics(metrics => metrics
                .AddMeter("Troupe.*", "Microsoft.Orleans")
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddView(Buckets)
                .AddPrometheusExporter());
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.WithTracing(AddTraces);
            telemetry.UseOtlpExporter();
        }
        return builder;
    }

    /// <summary>Maps <c>/healthz</c> (this process answers), <c>/readyz</c> (it can serve) and <c>/metrics</c> (Prometheus).</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.MapHealthChecks(Alive, new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks(Ready, new HealthCheckOptions { Predicate = check => check.Tags.Contains(ReadyTag) });
        app.MapPrometheusScrapingEndpoint(Metrics);
        return app;
    }

    private static void AddLogs(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        if (builder.Environment.IsProduction())
            builder.Logging.AddJsonConsole(options => (options.UseUtcTimestamp, options.TimestampFormat) = (true, "O"));
        else
            builder.Logging.AddSimpleConsole(options => (options.SingleLine, options.TimestampFormat) = (true, "HH:mm:ss ")).AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    // The default buckets are made for milliseconds.
    private static MetricStreamConfiguration? Buckets(Instrument instrument) =>
        instrument.Unit == "s" && instrument.Name.StartsWith("troupe.", StringComparison.Ordinal)
            ? new ExplicitBucketHistogramConfiguration { Boundaries = SecondsBuckets }
            : null;

    private static void AddTraces(TracerProviderBuilder traces) => traces
        .AddSource("Troupe.*", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application")
        .AddAspNetCoreInstrumentation(options => options.Filter = context => !IsProbe(context.Request.Path))
        .AddHttpClientInstrumentation();

    private static bool IsProbe(PathString path) => path == Alive || path == Ready || path == Metrics;
}
