using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Troupe.Grains.Decoding;
using Troupe.Grains.Transfer;

namespace Troupe.Grains.Cluster;

/// <summary>When a silo leaves or is declared dead, everything that waits for it here is told.</summary>
internal sealed partial class MembershipWatch(IServiceProvider services, IClusterMembershipService membership, FeatureStore features, OwnerLinks owners, ILogger<MembershipWatch> logger)
    : BackgroundService
{
    private readonly ClusterMonitor? _monitor = (ClusterMonitor?)services.GetService(typeof(ClusterMonitor));
    private readonly HashSet<SiloAddress> _gone = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
        {
            foreach (var member in snapshot.Members.Values.Where(member => member.Status == SiloStatus.Dead && _gone.Add(member.SiloAddress)))
            {
                LogGone(member.SiloAddress, member.Name);
                _monitor?.Forget(member.SiloAddress);
                owners.Close(member.SiloAddress);
                features.ReleaseAll(member.SiloAddress);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Silo {Silo} ({Name}) is gone.")]
    private partial void LogGone(SiloAddress silo, string name);
}
