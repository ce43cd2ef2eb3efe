using Orleans.Concurrency;
using Troupe.Contracts.Cluster;
using Troupe.Contracts.Encoding;
using Troupe.Contracts.Generation;
using Troupe.Contracts.Transfer;
using Troupe.Grains.Generation;
using Troupe.Grains.Placement;
using Troupe.Grains.Protocol;
using Troupe.Grains.Serving;
using Troupe.Grains.Transfer;
using Troupe.Models.Families;
using Troupe.Models.Vision;

namespace Troupe.Grains.Encoding;

/// <summary>The single-flight door of one picture: the features lie in the silo's store, so the activation may come and go.</summary>
[RolePlacement(Roles.Vision), Reentrant, CollectionAgeLimit(Minutes = 2)]
internal sealed class ImageEncoderGrain(ModelStages stages, FeatureStore store, TransferClient transfer, EncoderCacheMetrics metrics, ILocalSiloDetails local) : Grain, IImageEncoderGrain
{
    private readonly SingleFlight _flight = new();
    private Task<Outcome> _encoding = Task.FromResult(new Outcome(null, SourceGone: false));
    private Action _abandon = () => { };

    public async Task<EncodeResult> Encode(EncodeRequest request, CancellationToken cancellation)
    {
        var key = FeatureStore.Prefix + this.GetPrimaryKeyString();
        if (store.Hold(key, request.Holder) is { } kept)
        {
            metrics.Hit();
            return EncodeResult.Encoded(kept);
        }

        while (true)
        {
            var started = _flight.Join();
            if (started)
            {
                metrics.Miss();
                _encoding = EncodeNow(key, request);
            }
            var outcome = await Await(_encoding, cancellation);
            if (store.Hold(key, request.Holder) is { } handle)
                return EncodeResult.Encoded(handle);
            if (outcome.Refusal is { } refusal)
                return new EncodeResult(null, refusal);
            if (started && outcome.SourceGone)
                return EncodeResult.Refused(RefusalKind.Cancelled, "The picture is gone from its owner's silo: the request has ended.");
            // Another caller's file was gone, or the features were evicted at once: try again with our own.
        }
    }

    private async Task<Outcome> Await(Task<Outcome> encoding, CancellationToken cancellation)
    {
        try
        {
            return await encoding.WaitAsync(cancellation);
        }
        finally
        {
            if (_flight.Leave())
                _abandon();
        }
    }

    private async Task<Outcome> EncodeNow(string key, EncodeRequest request)
    {
        using var abandoned = new CancellationTokenSource();
        var abandon = _abandon = abandoned.Cancel;
        try
        {
            if (await transfer.Pull(request.Source, abandoned.Token) is not { } file)
                return new Outcome(null, SourceGone: true);
            var encoder = stages.Encoder ?? throw new InvalidOperationException("This silo encodes no pictures.");
            var features = await encoder.EncodeAsync(file, new PictureOptions { Split = request.SplitImages }, abandoned.Token);
            var (layout, data) = FeatureBlob.Write(features);
            var handle = new FeatureHandle(new BlobAddress(local.SiloAddress, key, data.Length), layout);
            return store.TryAdd(key, handle, data)
                ? new Outcome(null, SourceGone: false)
                : new Outcome(new Refusal(RefusalKind.Full, $"The vision silo's store has no room for {data.Length} bytes of features beside those in use; try again later, or raise Troupe:Features:MaxBytes."), SourceGone: false);
        }
        catch (PictureException picture)
        {
            return new Outcome(new Refusal(RefusalKind.Invalid, picture.Message), SourceGone: false);
        }
        catch (Exception e) when (StageCall.IsLost(e))
        {
            return new Outcome(null, SourceGone: true);
        }
        finally
        {
            if (abandon == _abandon) // an abandoned flight may end after the next has begun
                _flight.Finish();
        }
    }

    /// <param name="Refusal">Why the picture has no features; null when they are in the store, or were not tried.</param>
    /// <param name="SourceGone">The file could not be pulled: that says nothing about other callers' copies.</param>
    private sealed record Outcome(Refusal? Refusal, bool SourceGone);
}
