namespace Troupe.Contracts.Generation;

/// <summary>A picture of a request by what is known without decoding it; its bytes stay in the store of the owner's silo until they are pulled.</summary>
/// <param name="Hash">SHA-256 of the bytes as received, 64 hexadecimal digits.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Width">In pixels, as seen.</param>
/// <param name="Height">In pixels, as seen.</param>
[GenerateSerializer, Immutable, Alias("troupe.MediaReference")]
public sealed record MediaReference([property: Id(0)] string Hash, [property: Id(1)] int Length, [property: Id(2)] int Width, [property: Id(3)] int Height);
