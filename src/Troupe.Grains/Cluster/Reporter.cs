using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Troupe.Contracts.Cluster;
using Troupe.Grains.Hosting;
using Troupe.Grains.Placement;
using Troupe.Grains.Serving;

namespace Troupe.Grains.Cluster;

/// <summary>Tells every gateway what this silo does, several times a second. It starts when the silo is active.</summary>
internal sealed partial class Reporter(
    TroupeOptions options, IServiceProvider services, IClusterMembershipService membership, ISiloMetadataCache metadata, ReportClient gateways, ILocalSiloDetails local,
    TimeProvider time, ILogger<Reporter> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly ModelStages? _stages = (ModelStages?)services.GetService(typeof(ModelStages));
    private readonly ClusterMonitor? _monitor = (ClusterMonitor?)services.GetService(typeof(ClusterMonitor));
    private readonly HashSet<SiloAddress> _unreachable = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            var report = Report();
            _monitor?.Hear(report);
            _monitor?.ForgetSilent();
            await Task.WhenAll(Gateways().Select(gateway => Send(gateway, report)));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private SiloReport Report() => new(local.SiloAddress, options.Roles, _stages?.Served, _stages?.Engine is { } engine
        ? new EngineLoad(engine.Load.Running, engine.Load.Waiting, engine.Description.MaxRunning, engine.Load.Steps)
        : null);

    private IEnumerable<SiloAddress> Gateways() => membership.CurrentSnapshot.Members.Values
        .Where(member => member.Status == SiloStatus.Active && !member.SiloAddress.Equals(local.SiloAddress))
        .Select(member => member.SiloAddress)
        .Where(silo => metadata.Serves(silo, Roles.Gateway));

    private async Task Send(SiloAddress gateway, SiloReport report)
    {
        try
        {
            await gateways.Report(gateway, report).WaitAsync(Interval * 4, time);
            _unreachable.Remove(gateway);
        }
        catch (Exception exception)
        {
            if (_unreachable.Add(gateway))
                LogUnreachable(exception, gateway);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The gateway {Silo} does not take reports.")]
    private partial void LogUnreachable(Exception exception, SiloAddress silo);
}
