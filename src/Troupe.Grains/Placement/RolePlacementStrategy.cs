using Orleans.Metadata;
using Orleans.Placement;

namespace Troupe.Grains.Placement;

internal sealed class RolePlacementStrategy(string role, int order) : PlacementFilterStrategy(order)
{
    private const string RoleProperty = "role";

    public RolePlacementStrategy() : this("", 0)
    {
    }

    public RolePlacementStrategy(string role) : this(role, 0)
    {
    }

    public string Role { get; private set; } = role;

    public override void AdditionalInitialize(GrainProperties properties) => Role = GetPlacementFilterGrainProperty(RoleProperty, properties) ?? "";

    protected override IEnumerable<KeyValuePair<string, string>> GetAdditionalGrainProperties(
        IServiceProvider services, Type grainClass, GrainType grainType, IReadOnlyDictionary<string, string> existingProperties)
    {
        yield return new(RoleProperty, Role);
    }
}
