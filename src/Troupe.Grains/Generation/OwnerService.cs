using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Troupe.Contracts.Decoding;

namespace Troupe.Grains.Generation;

/// <summary>The owners of this silo, as engines on other silos reach them.</summary>
[Reentrant]
internal sealed class OwnerService(GrainId id, Silo silo, ILoggerFactory loggers, GenerationHub hub) : GrainService(id, silo, loggers), IOwnerService
{
    public Task<StepAnswer> Deliver(StepBatch batch) => Task.FromResult(hub.Deliver(batch));
}
