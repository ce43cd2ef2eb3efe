using Orleans.Runtime.Placement;
using Troupe.Contracts.Decoding;

namespace Troupe.Grains.Placement;

internal sealed class EnginePlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silo = EngineAddress.Silo(target.GrainIdentity.Key.ToString()!);
        return context.GetCompatibleSilos(target).Contains(silo)
            ? Task.FromResult(silo)
            : throw new SiloUnavailableException($"The engine's silo {silo} is not in the cluster.");
    }
}
