using Troupe.Models.Vision;

namespace Troupe.Models.Families;

/// <summary>Encoded picture files to features. <see cref="Prepare"/> is safe for concurrent use; <see cref="Encode"/> is called by one thread at a time.</summary>
public interface IImageEncoder : IDisposable
{
    /// <summary>Decodes, resizes, tiles and normalises one picture file, within <paramref name="limits"/>.</summary>
    /// <param name="options">The same that the prompt was built with.</param>
    /// <exception cref="PictureException">The file is not a picture that can be read, or is over a limit.</exception>
    PreparedPicture Prepare(ReadOnlyMemory<byte> file, PictureLimits limits, PictureOptions options);

    /// <summary>One forward pass over several pictures; a feature set per picture, in order.</summary>
    IReadOnlyList<FeatureSet> Encode(IReadOnlyList<PreparedPicture> pictures);
}
