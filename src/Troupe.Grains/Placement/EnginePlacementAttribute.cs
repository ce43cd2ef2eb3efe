using Orleans.Placement;

namespace Troupe.Grains.Placement;

/// <summary>The door of an engine stands on the silo that its key names, or nowhere.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class EnginePlacementAttribute() : PlacementAttribute(new EnginePlacement());

[GenerateSerializer, Immutable, Alias("troupe.EnginePlacement")]
internal sealed class EnginePlacement : PlacementStrategy;
