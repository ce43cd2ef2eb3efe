using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Troupe.Contracts.Cluster;

namespace Troupe.Grains.Cluster;

[Reentrant]
internal sealed class ReportService(GrainId id, Silo silo, ILoggerFactory loggers, ClusterMonitor monitor) : GrainService(id, silo, loggers), IReportService
{
    public Task Report(SiloReport report)
    {
        monitor.Hear(report);
        return Task.CompletedTask;
    }
}
