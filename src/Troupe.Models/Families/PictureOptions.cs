namespace Troupe.Models.Families;

/// <summary>What a request may change about a picture. Prompt and encoder must be given the same: both count its feature rows.</summary>
/// <param name="Split">Whether a large picture is split into tiles; null takes the checkpoint's setting.</param>
public sealed record PictureOptions(bool? Split = null)
{
    public static PictureOptions Default { get; } = new();
}
