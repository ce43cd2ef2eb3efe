using System.IO.MemoryMappedFiles;

namespace Troupe.Models.Checkpoints;

/// <summary>A memory-mapped safetensors file. Tensors are views of the map: nothing is copied, pages come in as they are read.</summary>
public sealed class SafetensorsFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private unsafe SafetensorsFile(string path, MemoryMappedFile file, MemoryMappedViewAccessor view, IReadOnlyList<SafetensorsHeader.Entry> entries)
    {
        (Path, _file, _view) = (path, file, view);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        start += view.PointerOffset;
        Tensors = entries.ToDictionary(
            entry => entry.Name,
            entry => new StoredTensor(entry.Name, entry.Type, entry.Shape, entry.End - entry.Start, (nint)(start + entry.Start)),
            StringComparer.Ordinal);
    }

    public string Path { get; }

    public IReadOnlyDictionary<string, StoredTensor> Tensors { get; }

    /// <exception cref="CheckpointException">The file is missing, incomplete, or not a safetensors file.</exception>
    public static SafetensorsFile Open(string path)
    {
        try
        {
            IReadOnlyList<SafetensorsHeader.Entry> entries;
            using (var stream = File.OpenRead(path))
                entries = SafetensorsHeader.Read(System.IO.Path.GetFileName(path), stream.Length, count => ReadStart(stream, count));
            var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
            return new SafetensorsFile(path, file, file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read), entries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path}: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private static byte[] ReadStart(FileStream stream, int count)
    {
        var bytes = new byte[count];
        stream.Position = 0;
        stream.ReadExactly(bytes);
        return bytes;
    }
}
