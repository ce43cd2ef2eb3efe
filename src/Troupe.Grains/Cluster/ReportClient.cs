using Orleans.Runtime.Services;
using Troupe.Contracts.Cluster;

namespace Troupe.Grains.Cluster;

internal sealed class ReportClient(IServiceProvider services) : GrainServiceClient<IReportService>(services)
{
    public Task Report(SiloAddress gateway, SiloReport report) => GetGrainService(gateway).Report(report);
}
