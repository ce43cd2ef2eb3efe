using Orleans.Runtime.MembershipService.SiloMetadata;
using Troupe.Contracts.Cluster;

namespace Troupe.Grains.Placement;

internal static class SiloRoles
{
    /// <summary>Whether a silo has a role and, when a revision is given, serves it.</summary>
    public static bool Serves(this ISiloMetadataCache metadata, SiloAddress silo, string role, string? revision = null)
    {
        var facts = metadata.GetSiloMetadata(silo).Metadata;
        return facts.TryGetValue(Roles.Metadata.Roles, out var roles) && roles.Split(',').Contains(role)
            && (revision is null || (facts.TryGetValue(Roles.Metadata.Revision, out var served) && served == revision));
    }
}
