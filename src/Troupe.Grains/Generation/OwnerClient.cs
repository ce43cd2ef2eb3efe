using Orleans.Runtime.Services;
using Troupe.Contracts.Decoding;

namespace Troupe.Grains.Generation;

/// <summary>The owners of a silo: by message, or directly when they are in this process.</summary>
internal sealed class OwnerClient(IServiceProvider services, ILocalSiloDetails local, GenerationHub hub) : GrainServiceClient<IOwnerService>(services)
{
    public IOwnerDoor Of(SiloAddress silo) => silo.Equals(local.SiloAddress) ? new Near(hub) : new Far(GetGrainService(silo));

    private sealed class Near(GenerationHub hub) : IOwnerDoor
    {
        public Task<StepAnswer> Deliver(StepBatch batch) => Task.FromResult(hub.Deliver(batch));
    }

    private sealed class Far(IOwnerService service) : IOwnerDoor
    {
        public Task<StepAnswer> Deliver(StepBatch batch) => service.Deliver(batch);
    }
}

internal interface IOwnerDoor
{
    Task<StepAnswer> Deliver(StepBatch batch);
}
