using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Troupe.Gateway.Validation;

/// <summary>Choices that no caller can foresee: an id that could be guessed could be cancelled.</summary>
internal sealed class CryptoRandomSource : IRandomSource
{
    public ulong Seed() => BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    public string RequestId() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
