using Microsoft.Extensions.Diagnostics.HealthChecks;
using Troupe.Grains.Generation;

namespace Troupe.Gateway.Hosting;

/// <summary>A gateway can serve when some model can be served.</summary>
internal sealed class ModelsHealthCheck(IInferenceCluster cluster) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var models = cluster.Models;
        return Task.FromResult(models.Count > 0
            ? HealthCheckResult.Healthy(string.Join(", ", models.Select(model => model.Served.Model)))
            : HealthCheckResult.Unhealthy("No model can be served now: a stage has no healthy silo."));
    }
}
