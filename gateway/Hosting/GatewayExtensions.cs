using Microsoft.Extensions.Diagnostics.HealthChecks;
using Troupe.Gateway.Grpc;
using Troupe.Gateway.Telemetry;
using Troupe.Gateway.Validation;
using Troupe.Grains.Hosting;
using Troupe.Models.Vision;
using V1 = Troupe.Contracts.V1;

namespace Troupe.Gateway.Hosting;

/// <summary>The front door as part of a host.</summary>
internal static class GatewayExtensions
{
    /// <summary>Adds the gateway's services and ports. The cluster behind it (<see cref="Troupe.Grains.Generation.IInferenceCluster"/>) is added apart.</summary>
    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder, ListenPorts ports)
    {
        var configuration = builder.Configuration;
        var limits = configuration.GetSection($"{GatewayOptions.Section}:Limits").Get<RequestLimits>() ?? new RequestLimits();
        limits = limits with { Pictures = configuration.GetSection("Troupe:Pictures").Get<PictureLimits>() ?? PictureLimits.Default };

        var services = builder.Services;
        services.AddSingleton(limits).AddSingleton(TimeProvider.System).AddSingleton<IRandomSource, CryptoRandomSource>();
        services.AddSingleton<ModelResolver>().AddSingleton<RequestValidator>().AddSingleton<GenerationReaders>().AddSingleton<GatewayMetrics>().AddSingleton<MessageSizeGuard>();

        services.AddGrpc(options => options.Interceptors.Add<StatusInterceptor>())
            .AddServiceOptions<InferenceService>(options => options.MaxReceiveMessageSize = limits.MaxRequestBytes);
        services.AddGrpcReflection();
        services.AddHealthChecks().AddCheck<ModelsHealthCheck>("models", tags: [ServiceDefaults.ReadyTag]);
        services.AddGrpcHealthChecks(options =>
        {
            foreach (var name in (string[])["", V1.Inference.Descriptor.FullName])
                options.Services.Map(name, check => check.Tags.Contains(ServiceDefaults.ReadyTag));
        });
        services.Configure<HealthCheckPublisherOptions>(options => (options.Delay, options.Period) = (TimeSpan.Zero, TimeSpan.FromSeconds(1)));

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            ports.Listen(kestrel);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limits.MaxRequestBytes + 1024L; // what is over it is told by the gRPC layer
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1024;                // clients that keep to one connection queue behind 100
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30); // a client that vanished without a word frees its generation
        });
        return builder;
    }

    public static WebApplication MapGateway(this WebApplication app)
    {
        var guard = app.Services.GetRequiredService<MessageSizeGuard>();
        app.MapGrpcService<InferenceService>().Add(endpoint =>
        {
            var serve = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => guard.Invoke(context, serve);
        });
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
        return app;
    }
}
