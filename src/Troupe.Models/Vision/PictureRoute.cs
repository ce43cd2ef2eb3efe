namespace Troupe.Models.Vision;

/// <summary>The two ways into the reference, which give different pixels.</summary>
public enum PictureRoute
{
    /// <summary>A file, as a server receives it: turned by its EXIF orientation, alpha dropped (the colours under transparent pixels show).</summary>
    Path,

    /// <summary>A picture that the caller opened: EXIF ignored, alpha and palette transparency composited onto white.</summary>
    Object,
}
