using Troupe.Contracts.Decoding;
using Troupe.Contracts.Generation;

namespace Troupe.Grains.Protocol;

/// <summary>How far one choice was accepted. Repeated chunks are recognised by their position.</summary>
internal sealed class AcceptedChoice
{
    public enum Verdict
    {
        New,

        /// <summary>Had already.</summary>
        Repeated,

        /// <summary>Tokens are missing before it, or it begins inside what was accepted.</summary>
        Gap,
    }

    /// <summary>Accepted tokens.</summary>
    public int Count { get; private set; }

    public ulong Hash { get; private set; } = TokenHash.Empty;

    public bool Ended { get; private set; }

    public Verdict Accept(StepChunk chunk)
    {
        if (Ended || (chunk.TokenIds.Length > 0 && chunk.FirstIndex + chunk.TokenIds.Length <= Count))
            return Verdict.Repeated;
        if (chunk.FirstIndex != Count)
            return Verdict.Gap;
        Count += chunk.TokenIds.Length;
        Hash = TokenHash.Append(Hash, chunk.TokenIds);
        Ended = chunk.Finish is not null;
        return Verdict.New;
    }
}
