using Orleans.Services;

namespace Troupe.Contracts.Decoding;

/// <summary>The owners of one gateway silo, as engines see them.</summary>
[Alias("troupe.IOwnerService")]
public interface IOwnerService : IGrainService
{
    /// <summary>Takes the tokens of the requests that this silo owns. At most one call of an engine is in flight.</summary>
    [Alias("Deliver")]
    Task<StepAnswer> Deliver(StepBatch batch);
}
