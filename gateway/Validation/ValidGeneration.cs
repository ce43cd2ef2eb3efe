using Troupe.Contracts.Generation;

namespace Troupe.Gateway.Validation;

/// <summary>A request that passed the door, with the bytes of its media in order.</summary>
internal sealed record ValidGeneration(GenerationRequest Request, IReadOnlyList<ReadOnlyMemory<byte>> Media);
