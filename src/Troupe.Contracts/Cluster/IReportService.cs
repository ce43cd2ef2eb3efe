using Orleans.Services;

namespace Troupe.Contracts.Cluster;

/// <summary>Where a gateway silo hears from the others.</summary>
[Alias("troupe.IReportService")]
public interface IReportService : IGrainService
{
    [Alias("Report")]
    Task Report(SiloReport report);
}
