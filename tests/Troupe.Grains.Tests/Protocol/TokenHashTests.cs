using Troupe.Contracts.Generation;

namespace Troupe.Grains.Tests.Protocol;

public sealed class TokenHashTests
{
    /// <summary>The published value of FNV-1a (64 bit) over the bytes "foob" (Fowler, Noll and Vo's test vectors).</summary>
    [Fact]
    public void Ids_are_hashed_as_little_endian_bytes_by_the_published_function() =>
        Assert.Equal(0xdd120e790c2512af, TokenHash.Append(TokenHash.Empty, BitConverter.ToInt32("foob"u8)));
}
