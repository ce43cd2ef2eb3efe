using Troupe.Contracts.Transfer;

namespace Troupe.Contracts.Encoding;

/// <summary>
/// One picture for one model. Keyed <c>revision|digest</c> where the digest covers the bytes as received, the settings and the tenant
/// (<see cref="EncoderKey"/>): all requests for the same picture meet here and await one encode.
/// </summary>
[Alias("troupe.IImageEncoderGrain")]
public interface IImageEncoderGrain : IGrainWithStringKey
{
    /// <summary>Features of the picture, from this silo's store or encoded now. A caller that cancels is one waiter less.</summary>
    /// <param name="request">Where the file lies; it is pulled only if it must be encoded.</param>
    [Alias("Encode"), ResponseTimeout("00:05:00")]
    Task<EncodeResult> Encode(EncodeRequest request, CancellationToken cancellation);
}

/// <param name="Source">The picture file in the owner's silo.</param>
/// <param name="SplitImages">Overrides the checkpoint's splitting into tiles.</param>
/// <param name="Holder">For whom the features are kept until it releases them.</param>
[GenerateSerializer, Immutable, Alias("troupe.EncodeRequest")]
public sealed record EncodeRequest([property: Id(0)] BlobAddress Source, [property: Id(1)] bool? SplitImages, [property: Id(2)] Holder Holder);
