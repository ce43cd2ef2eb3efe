using Troupe.Contracts.Generation;
using Troupe.Contracts.Transfer;

namespace Troupe.Contracts.Encoding;

/// <summary>Where the features lie, or why there are none.</summary>
[GenerateSerializer, Immutable, Alias("troupe.EncodeResult")]
public sealed record EncodeResult([property: Id(0)] FeatureHandle? Features, [property: Id(1)] Refusal? Refusal)
{
    public static EncodeResult Encoded(FeatureHandle features) => new(features, null);

    public static EncodeResult Refused(RefusalKind kind, string reason) => new(null, new Refusal(kind, reason));
}

/// <summary>Features of one medium in a silo's store: named tensors one after another in one blob.</summary>
[GenerateSerializer, Immutable, Alias("troupe.FeatureHandle")]
public sealed record FeatureHandle([property: Id(0)] BlobAddress Blob, [property: Id(1)] TensorLayout[] Tensors);

/// <param name="Name">Name within the feature set.</param>
/// <param name="Type">Element type, in the words of the safetensors format.</param>
/// <param name="Shape">Rows first.</param>
/// <param name="Offset">Where its bytes begin: little-endian, row-major.</param>
/// <param name="Length">Bytes.</param>
[GenerateSerializer, Immutable, Alias("troupe.TensorLayout")]
public sealed record TensorLayout(
    [property: Id(0)] string Name, [property: Id(1)] string Type, [property: Id(2)] long[] Shape, [property: Id(3)] long Offset, [property: Id(4)] long Length);
