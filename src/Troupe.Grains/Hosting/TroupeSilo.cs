using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Troupe.Contracts.Cluster;
using Troupe.Grains.Cluster;
using Troupe.Grains.Decoding;
using Troupe.Grains.Encoding;
using Troupe.Grains.Generation;
using Troupe.Grains.Placement;
using Troupe.Grains.Serving;
using Troupe.Grains.Transfer;

namespace Troupe.Grains.Hosting;

/// <summary>Makes a host a silo of Troupe.</summary>
public static class TroupeSilo
{
    /// <summary>
    /// Reads the section <c>Troupe</c> and adds the stages of its roles, loaded before the silo joins. With the role <c>gateway</c> an
    /// <see cref="IInferenceCluster"/> is there. The checkpoint's settings are read now, its weights when the host starts.
    /// </summary>
    /// <exception cref="ArgumentException">An option has a value that it cannot have; the message names it.</exception>
    /// <exception cref="Models.Checkpoints.CheckpointException">The model's folder cannot be served.</exception>
    public static WebApplicationBuilder AddTroupeSilo(this WebApplicationBuilder builder)
    {
        var options = TroupeConfiguration.Read(builder.Configuration);
        var services = builder.Services;
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MediaStore>();
        services.AddSingleton(new FeatureStore(options.Features.MaxBytes));
        services.AddSingleton<TransferClient>();
        services.AddSingleton<EncoderCacheMetrics>();
        services.AddSingleton<GenerationHub>();
        services.AddSingleton<OwnerClient>();
        services.AddSingleton<OwnerLinks>();
        services.AddSingleton<ReportClient>();

        var folder = options.NeedsModel ? new ModelFolder(options.Model) : null;
        if (folder is not null)
        {
            services.AddSingleton(_ => folder); // by a factory: the container disposes it
            services.AddSingleton<ModelStages>();
            services.AddHostedService(provider => provider.GetRequiredService<ModelStages>()); // before the silo: it joins when loaded
        }
        if (options.Roles.Contains(Roles.Gateway))
        {
            services.AddSingleton<ClusterMonitor>();
            services.AddSingleton<PromptClient>();
            services.AddSingleton<EngineFinder>();
            services.AddSingleton<IInferenceCluster, InferenceCluster>();
        }

        builder.Logging.AddFilter("Polly", LogLevel.Warning); // Orleans tells of every placement through it
        builder.Host.UseOrleans(silo => Configure(silo, options, folder?.Served));
        services.AddHostedService<MembershipWatch>();
        services.AddHostedService<Reporter>();
        return builder;
    }

    private static void Configure(ISiloBuilder silo, TroupeOptions options, ServedModel? served)
    {
        silo.UseMembership(options);
        silo.UseSiloMetadata(new Dictionary<string, string>
        {
            [Roles.Metadata.Roles] = string.Join(',', options.Roles),
            [Roles.Metadata.Revision] = served?.Model.Revision ?? "",
        });
        silo.AddActivityPropagation();
        silo.AddGrainService<TransferService>();
        if (options.Roles.Contains(Roles.Gateway))
        {
            silo.AddGrainService<OwnerService>();
            silo.AddGrainService<ReportService>();
        }
        silo.Services.AddPlacementFilter<RolePlacementStrategy, RolePlacementDirector>(ServiceLifetime.Transient); // a strategy of its own for each grain type
        silo.Services.AddPlacementDirector<EnginePlacement, EnginePlacementDirector>();
        silo.Configure<SiloMessagingOptions>(messaging => messaging.CancelRequestOnTimeout = true);
        silo.Configure<ConnectionOptions>(connections => connections.ConnectionsPerEndpoint = 4); // a large message holds up the small ones of its connection
    }

    private static void UseMembership(this ISiloBuilder silo, TroupeOptions options)
    {
        var cluster = options.Cluster;
        var address = IPAddress.Parse(cluster.Address);
        var port = cluster.SiloPort > 0 ? cluster.SiloPort : FreePort.On(address);
        silo.Configure<ClusterOptions>(names => (names.ClusterId, names.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        silo.Configure<EndpointOptions>(endpoint =>
        {
            endpoint.AdvertisedIPAddress = address;
            endpoint.SiloPort = port;
            endpoint.GatewayPort = 0; // no clients from outside: gateways are silos
            endpoint.SiloListeningEndpoint = new IPEndPoint(IPAddress.IsLoopback(address) ? address : IPAddress.Any, port);
        });
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = TimeSpan.FromSeconds(2);
            membership.NumMissedProbesLimit = 3;
        });
        if (options.Mode == TroupeMode.Member && cluster.Redis is { } redis)
            silo.UseRedisClustering(redis);
        else if (options.Mode == TroupeMode.Member && cluster.Primary is { } primary)
            silo.UseDevelopmentClustering(IPEndPoint.Parse(primary));
        else
            silo.UseDevelopmentClustering(new IPEndPoint(address, port));
    }
}
