using Orleans.Concurrency;
using Orleans.Placement;
using Troupe.Contracts.Decoding;
using Troupe.Contracts.Encoding;
using Troupe.Grains.Encoding;
using Troupe.Grains.Generation;
using Troupe.Grains.Placement;
using Troupe.Grains.Serving;
using Troupe.Grains.Transfer;
using Troupe.Models.Families;

namespace Troupe.Grains.Decoding;

/// <summary>A thin door: the engine has a thread of its own, and tokens leave by <see cref="OwnerLinks"/>.</summary>
[EnginePlacement, Reentrant, Immovable, KeepAlive]
internal sealed class DecoderGrain(ModelStages stages, OwnerLinks owners, TransferClient transfer) : Grain, IDecoderGrain
{
    public async Task<DecodeAnswer> Submit(DecodeRequest request, CancellationToken cancellation)
    {
        if (stages.Engine is not { } engine || stages.Served.Model != request.Model)
            return new DecodeAnswer(DecodeVerdict.Refused, $"This engine serves {stages.Served.Model}, not {request.Model}.");
        var features = await Task.WhenAll(request.Media.Select(medium => Pull(medium, cancellation)));
        if (features.Contains(null))
            return new DecodeAnswer(DecodeVerdict.FeaturesGone);
        return EngineMessages.Answer(engine.Submit(EngineMessages.Request(request, [.. features!]), owners.Of(request.Owner)));
    }

    public Task Cancel(Contracts.Generation.GenerationKey key)
    {
        stages.Engine?.Cancel(EngineMessages.Key(key));
        return Task.CompletedTask;
    }

    private async Task<FeatureSet?> Pull(FeatureHandle medium, CancellationToken cancellation)
    {
        try
        {
            return await transfer.Pull(medium.Blob, cancellation) is { } data ? FeatureBlob.Read(medium.Tensors, data) : null;
        }
        catch (Exception e) when (StageCall.IsLost(e))
        {
            return null; // the vision silo died: its features are as gone as evicted ones
        }
    }
}
