using Orleans.Runtime.Services;
using Troupe.Contracts.Decoding;

namespace Troupe.Grains.Generation;

/// <summary>The owners of a silo: by message, or directly when they are in this process.</summary>
internal sealed class OwnerClient(IServiceProvider services, ILocalSiloDetails local, GenerationHub hub) : GrainServiceClient<IOwnerService>(services)
{
    public Task<StepAnswer> Deliver(SiloAddress silo, StepBatch batch) =>
        silo.Equals(local.SiloAddress) ? Task.FromResult(hub.Deliver(batch)) : GetGrainService(silo).Deliver(batch);
}
