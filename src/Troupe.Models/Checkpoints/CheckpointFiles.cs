using System.IO.Hashing;

namespace Troupe.Models.Checkpoints;

/// <summary>Reads files of a checkpoint folder; what the system refuses is said in the words of a checkpoint.</summary>
internal static class CheckpointFiles
{
    /// <exception cref="CheckpointException">The file cannot be read.</exception>
    public static byte[] Read(string path) => Try(path, () => File.ReadAllBytes(path));

    /// <summary>Adds a file's length and bytes to a digest.</summary>
    /// <exception cref="CheckpointException">The file cannot be read.</exception>
    public static void Append(XxHash128 digest, string path) => Try(path, () =>
    {
        using var stream = File.OpenRead(path);
        digest.Append(BitConverter.GetBytes(stream.Length));
        digest.Append(stream);
        return true;
    });

    private static T Try<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path}: {e.Message}", e);
        }
    }
}
