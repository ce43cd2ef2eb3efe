using Troupe.Models.Vision;

namespace Troupe.Gateway.Validation;

/// <summary>What one request may hold: the section <c>Troupe:Gateway:Limits</c>. Limits of single pictures are those of <c>Troupe:Pictures</c>, which the vision silos keep too.</summary>
public sealed record RequestLimits
{
    /// <summary>Room for everything that is neither text nor picture: roles, ids, the wire format.</summary>
    private const int OverheadBytes = 4 << 20;

    /// <summary>Turns of a conversation.</summary>
    public int MaxMessages { get; init; } = 1024;

    /// <summary>Texts and pictures of all turns.</summary>
    public int MaxParts { get; init; } = 4096;

    /// <summary>UTF-8 bytes of the text of all turns.</summary>
    public int MaxTextBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of all pictures together.</summary>
    public int MaxMediaBytes { get; init; } = 64 << 20;

    /// <summary>Answers to one prompt.</summary>
    public int MaxChoices { get; init; } = 16;

    /// <summary>Characters of a role.</summary>
    public int MaxRoleLength { get; init; } = 64;

    /// <summary>Most bytes that a message can have within the other limits; a longer one is refused before it is read.</summary>
    public int MaxRequestBytes => (int)Math.Min(int.MaxValue, (long)MaxTextBytes + MaxMediaBytes + OverheadBytes);

    /// <summary>Limits of each picture.</summary>
    public PictureLimits Pictures { get; init; } = PictureLimits.Default;
}
