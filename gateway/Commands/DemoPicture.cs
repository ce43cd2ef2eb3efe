using Troupe.Gateway.Errors;
using Troupe.Models.Vision;

namespace Troupe.Gateway.Commands;

/// <summary>A picture file to ask about.</summary>
internal sealed record DemoPicture(string Path, byte[] Bytes)
{
    private const string None = "none";

    /// <summary>The picture that comes with the program.</summary>
    public static string Bundled { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "demo", "pictures", "shapes.png");

    /// <summary>Reads the chosen picture, so that a broken one is told before anything starts.</summary>
    /// <param name="choice">A file, <c>none</c>, or null for the bundled picture.</param>
    /// <returns>Null for <c>none</c>.</returns>
    /// <exception cref="CommandException">It is not there, or is no picture.</exception>
    public static DemoPicture? Choose(string? choice)
    {
        if (choice == None)
            return null;
        var path = choice ?? Bundled;
        try
        {
            var bytes = File.ReadAllBytes(path);
            PictureHeader.Read(bytes, PictureLimits.Default);
            return new DemoPicture(path, bytes);
        }
        catch (PictureException exception)
        {
            throw new CommandException($"{path}: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path}: the picture cannot be read ({exception.Message}); give --image a file, or none for a conversation without a picture.", exception);
        }
    }
}
