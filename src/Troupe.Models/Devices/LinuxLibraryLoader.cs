using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Troupe.Models.Devices;

/// <summary>
/// Loads TorchSharp's own native library on Linux systems whose libstdc++ is older than GCC 13 (Debian 12, Ubuntu 22.04, RHEL 9).
/// The library lists the symbol version GLIBCXX_3.4.32 among its needs but uses no symbol of it. Marking that one need as weak
/// (VER_FLG_WEAK in its <c>vernaux</c> record) lets the dynamic linker accept an older libstdc++. The change is made to a copy in
/// memory (memfd); the file on disk stays as it is, and a system that can load the file is left alone.
/// </summary>
[SupportedOSPlatform("linux")]
internal static partial class LinuxLibraryLoader
{
    private const string UnusedVersion = "GLIBCXX_3.4.32";
    private const uint SectionTypeVersionNeeds = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort WeakVersion = 0x2;                  // VER_FLG_WEAK
    private const uint CloseOnExec = 0x1;                    // MFD_CLOEXEC

    /// <summary>Loads <paramref name="path"/>, relaxed only when the plain file is refused for want of the unused version.</summary>
    /// <exception cref="DllNotFoundException">The library cannot be loaded; the message is the dynamic linker's.</exception>
    public static nint Load(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException refused) when (refused.Message.Contains(UnusedVersion, StringComparison.Ordinal))
        {
            var image = File.ReadAllBytes(path);
            if (!MarkVersionWeak(image, UnusedVersion))
                throw;
            return LoadFromMemory(Path.GetFileName(path), image);
        }
    }

    /// <summary>Sets VER_FLG_WEAK on each need of <paramref name="version"/> in a 64-bit little-endian ELF image.</summary>
    /// <returns>Whether the image has such a need; false as well for what is no such image.</returns>
    internal static bool MarkVersionWeak(byte[] image, string version)
    {
        ReadOnlySpan<byte> expected = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1];      // 64 bits, little-endian
        try
        {
            return image.AsSpan().StartsWith(expected) && MarkNeeds(image, version);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            return false;                                       // a table points outside the image
        }
    }

    private static bool MarkNeeds(byte[] image, string version)
    {
        var sectionTable = (long)U64(image, 0x28);
        int entrySize = U16(image, 0x3a), sections = U16(image, 0x3c);
        var found = false;
        for (var i = 0; i < sections; i++)
        {
            var section = sectionTable + i * entrySize;
            if (U32(image, section + 4) != SectionTypeVersionNeeds)
                continue;
            var need = (long)U64(image, section + 0x18);
            var strings = (long)U64(image, sectionTable + U32(image, section + 0x28) * entrySize + 0x18);
            for (var needs = U32(image, section + 0x2c); needs > 0; needs--)
            {
                var aux = need + U32(image, need + 8);
                for (var count = U16(image, need + 2); count > 0; count--)
                {
                    if (Text(image, strings + U32(image, aux + 8)) == version)
                    {
                        var flags = image.AsSpan(checked((int)aux) + 4, 2);
                        BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | WeakVersion));
                        found = true;
                    }
                    if (U32(image, aux + 12) is not (> 0 and var nextAux))
                        break;
                    aux += nextAux;
                }
                if (U32(image, need + 12) is not (> 0 and var nextNeed))
                    break;
                need += nextNeed;
            }
        }
        return found;
    }

    private static nint LoadFromMemory(string name, byte[] image)
    {
        var descriptor = CreateMemoryFile(name, CloseOnExec);
        if (descriptor < 0)
            throw new DllNotFoundException($"{name}: memfd_create failed with error {Marshal.GetLastPInvokeError()}; install libstdc++ of GCC 13 or newer instead.");
        using var file = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Write);
        file.Write(image);
        file.Flush();
        return NativeLibrary.Load($"/proc/self/fd/{descriptor}");
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateMemoryFile(string name, uint flags);

    private static ushort U16(byte[] image, long at) => BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(checked((int)at)));
    private static uint U32(byte[] image, long at) => BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(checked((int)at)));
    private static ulong U64(byte[] image, long at) => BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(checked((int)at)));
    private static string Text(byte[] image, long at) =>
        Encoding.ASCII.GetString(image.AsSpan((int)at, image.AsSpan(checked((int)at)).IndexOf((byte)0)));
}
