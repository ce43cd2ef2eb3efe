namespace Troupe.Models.Vision;

/// <summary>What a picture file may be; checked on its header, before anything is decoded.</summary>
public sealed record PictureLimits
{
    public static PictureLimits Default { get; } = new();

    /// <summary>Size of the file in bytes.</summary>
    public int MaxBytes { get; init; } = 20 << 20;

    /// <summary>Width times height.</summary>
    public long MaxPixels { get; init; } = 64_000_000;

    /// <summary>The longer of width and height.</summary>
    public int MaxSide { get; init; } = 16_384;

    /// <summary>Pictures in one request.</summary>
    public int MaxPictures { get; init; } = 16;
}

/// <summary>A picture that is refused. The message names what is wrong, the value and the limit.</summary>
public sealed class PictureException(string message, Exception? inner = null) : Exception(message, inner);
