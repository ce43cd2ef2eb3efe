using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace Troupe.Grains.Placement;

/// <summary>Compares with the candidate's own metadata; Orleans' built-in filters compare with the caller's.</summary>
internal sealed class RolePlacementDirector(ISiloMetadataCache metadata) : IPlacementFilterDirector
{
    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        var role = ((RolePlacementStrategy)filterStrategy).Role;
        var key = target.GrainIdentity.Key.ToString() ?? "";
        var bar = key.IndexOf('|');
        var revision = bar < 0 ? null : key[..bar];
        return silos.Where(silo => metadata.Serves(silo, role, revision));
    }
}
