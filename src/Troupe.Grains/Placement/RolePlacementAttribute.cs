using Orleans.Placement;

namespace Troupe.Grains.Placement;

/// <summary>Activations go to silos with this role; where the key begins with a revision and a bar, only to those that serve it.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RolePlacementAttribute(string role) : PlacementFilterAttribute(new RolePlacementStrategy(role));
