using System.IO.MemoryMappedFiles;

namespace Troupe.Models.Checkpoints;

/// <summary>A memory-mapped safetensors file. Tensors are views of the map: nothing is copied, pages come in as they are read.</summary>
public sealed class SafetensorsFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private bool _disposed;

    /// <param name="path">The file.</param>
    /// <param name="stream">The file, opened; the map takes it over.</param>
    /// <param name="entries">Its header, checked against its length.</param>
    private unsafe SafetensorsFile(string path, FileStream stream, IReadOnlyList<SafetensorsHeader.Entry> entries)
    {
        Path = path;
        _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        start += _view.PointerOffset;
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
        FileStream? stream = null;
        try
        {
            stream = File.OpenRead(path);
            return new SafetensorsFile(path, stream, SafetensorsHeader.Read(path, stream.Length, count => ReadStart(stream, count)));
        }
        catch (Exception e)
        {
            stream?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
                throw new CheckpointException($"{path}: {e.Message}", e);
            throw;
        }
    }

    /// <summary>Unmaps the file: its tensors must not be read any more.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
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
