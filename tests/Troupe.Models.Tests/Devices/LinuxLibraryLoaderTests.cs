using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using CsCheck;
using Troupe.Models.Devices;
using Troupe.Models.Tests.Checkpoints;

namespace Troupe.Models.Tests.Devices;

/// <summary>The dynamic linker itself is the judge: a library whose need no system meets is refused, and loads once the need is weak.</summary>
[SupportedOSPlatform("linux")]
public sealed class LinuxLibraryLoaderTests : IDisposable
{
    private const string Version = "GLIBCXX_3.4.32";
    private const string VersionOfNoSystem = "GLIBCXX_9.9.99";

    private static readonly string s_native = Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
    private static readonly string s_library = Path.Combine(s_native, "libLibTorchSharp.so");

    private readonly TemporaryFolder _folder = new();

    public LinuxLibraryLoaderTests() => TorchRuntime.Open(new TorchOptions { Device = "cpu" });      // loads what the library depends on

    [Fact]
    public void Only_the_flag_of_the_one_need_is_changed()
    {
        var before = File.ReadAllBytes(s_library);
        var after = (byte[])before.Clone();
        Assert.True(LinuxLibraryLoader.MarkVersionWeak(after, Version));
        var changed = Assert.Single(Enumerable.Range(0, before.Length), i => before[i] != after[i]);
        Assert.Equal((0, 2), (before[changed], after[changed]));
        Assert.True(LinuxLibraryLoader.MarkVersionWeak(after, Version));
        Assert.Equal(2, after[changed]);
    }

    [Fact]
    public void An_image_without_the_need_is_left_alone()
    {
        var before = File.ReadAllBytes(s_library);
        var after = (byte[])before.Clone();
        Assert.False(LinuxLibraryLoader.MarkVersionWeak(after, VersionOfNoSystem));
        Assert.Equal(before, after);
    }

    [Fact]
    public void A_need_that_no_system_meets_keeps_a_library_out_until_it_is_weak()
    {
        var image = WithVersionOfNoSystem();
        var refusal = Assert.Throws<DllNotFoundException>(() => NativeLibrary.Load(_folder.Write("libStrict.so", image)));
        Assert.Contains(VersionOfNoSystem, refusal.Message, StringComparison.Ordinal);
        Assert.True(LinuxLibraryLoader.MarkVersionWeak(image, VersionOfNoSystem));
        Assert.True(NativeLibrary.TryLoad(_folder.Write("libRelaxed.so", image), out var library));
        Assert.True(NativeLibrary.TryGetExport(library, "THSTorch_manual_seed", out _));
    }

    [Fact]
    public void A_library_refused_for_another_reason_is_refused_in_the_linkers_words()
    {
        var path = _folder.Write("libStrict.so", WithVersionOfNoSystem());
        Assert.Contains(VersionOfNoSystem, Assert.Throws<DllNotFoundException>(() => LinuxLibraryLoader.Load(path)).Message, StringComparison.Ordinal);
        Assert.Throws<DllNotFoundException>(() => LinuxLibraryLoader.Load(_folder.Write("libText.so", "no library")));
        Assert.Throws<DllNotFoundException>(() => LinuxLibraryLoader.Load(Path.Combine(_folder.Path, "libAbsent.so")));
    }

    [Fact]
    public void A_library_that_loads_plainly_is_mapped_from_its_own_file()
    {
        var path = Path.Combine(s_native, "libc10.so");
        var library = LinuxLibraryLoader.Load(path);
        Assert.Equal(NativeLibrary.Load(path), library);
        var maps = File.ReadAllText("/proc/self/maps");
        Assert.Contains(path, maps, StringComparison.Ordinal);
        Assert.DoesNotContain("memfd:libc10.so", maps, StringComparison.Ordinal);
    }

    /// <summary>On a system with an older libstdc++ the library in use is the copy in memory, on any other the file.</summary>
    [Fact]
    public void The_library_in_use_is_the_file_where_it_loads_and_a_copy_in_memory_where_it_does_not()
    {
        var loads = NativeLibrary.TryLoad(s_library, out _);
        var maps = File.ReadAllText("/proc/self/maps");
        Assert.Equal(!loads, maps.Contains("memfd:libLibTorchSharp.so", StringComparison.Ordinal));
        Assert.Equal(loads, maps.Contains(s_library, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_no_image_or_a_broken_one_is_not_marked_and_does_no_harm()
    {
        var whole = File.ReadAllBytes(s_library);
        Assert.False(LinuxLibraryLoader.MarkVersionWeak([], Version));
        Assert.False(LinuxLibraryLoader.MarkVersionWeak(Encoding.ASCII.GetBytes(new string('x', 500)), Version));
        Assert.False(LinuxLibraryLoader.MarkVersionWeak(whole[..(whole.Length / 2)], Version));
        var sections = (int)BitConverter.ToInt64(whole, 0x28);
        Gen.Select(Gen.OneOf(Gen.Int[6, 63], Gen.Int[sections, whole.Length - 1]), Gen.Byte).Array[1, 6].Sample(changes =>
        {
            var image = (byte[])whole.Clone();
            foreach (var (at, value) in changes)
                image[at] = value;
            _ = LinuxLibraryLoader.MarkVersionWeak(image, Version);
        }, iter: 300);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] WithVersionOfNoSystem()
    {
        var image = File.ReadAllBytes(s_library);
        var at = image.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Version + "\0"));
        Encoding.ASCII.GetBytes(VersionOfNoSystem).CopyTo(image, at);
        return image;
    }
}
