using System.Runtime.InteropServices;
using Troupe.Models.Checkpoints;

namespace Troupe.Models.Tests.Checkpoints;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, ElementType, byte[]> Types => new()
    {
        { "F64", ElementType.F64, Bytes<double>(1.5, -2, double.Epsilon, double.PositiveInfinity) },
        { "F32", ElementType.F32, Bytes<float>(1.5f, -2, float.Epsilon, float.NaN) },
        { "F16", ElementType.F16, Bytes((Half)1.5f, (Half)(-2), Half.Epsilon, Half.MaxValue) },
        { "BF16", ElementType.BF16, Bytes<ushort>(0x3fc0, 0xc000, 0x0001, 0x7f80) },
        { "I64", ElementType.I64, Bytes(1, -2, long.MaxValue, long.MinValue) },
        { "I32", ElementType.I32, Bytes(1, -2, int.MaxValue, int.MinValue) },
        { "I16", ElementType.I16, Bytes<short>(1, -2, short.MaxValue, short.MinValue) },
        { "I8", ElementType.I8, Bytes<sbyte>(1, -2, sbyte.MaxValue, sbyte.MinValue) },
        { "U8", ElementType.U8, [1, 2, 255, 0] },
        { "BOOL", ElementType.Bool, [1, 0, 0, 1] },
        { "F8_E4M3", ElementType.F8E4M3, [0x38, 0xc0, 0x01, 0x7e] },
        { "F8_E5M2", ElementType.F8E5M2, [0x3c, 0xc0, 0x01, 0x7c] },
    };

    [Theory, MemberData(nameof(Types))]
    public void Every_element_type_is_read_with_its_bytes(string dtype, ElementType type, byte[] data)
    {
        // The byte before makes every wider element unaligned, as the format allows.
        using var file = Open(SafetensorsWriter.Write(("before", "U8", [1], [7]), ("t", dtype, [2, 2], data)));
        var tensor = file.Tensors["t"];
        Assert.Equal((type, data.Length), (tensor.Type, tensor.Type.Size() * 4));
        Assert.Equal([2, 2], tensor.Shape);
        Assert.Equal(data, tensor.Bytes.ToArray());
        Assert.Equal(data, tensor.ToHost().Data.ToArray());
        Assert.Equal(4, tensor.ToHost().Count);
    }

    [Fact]
    public void Tensors_may_be_listed_in_any_order_and_be_scalars_or_empty()
    {
        using var file = Open(SafetensorsWriter.Raw(
            """
            {"__metadata__":{"format":"pt"},"last":{"shape":[2],"data_offsets":[5,7],"dtype":"U8","comment":[{}]},"none":{"dtype":"F32","shape":[0,3],"data_offsets":[4,4]},
             "one":{"dtype":"U8","shape":[],"data_offsets":[4,5]},"first":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}   
            """, [1, 2, 3, 4, 5, 6, 7]));
        Assert.Equal(["first", "last", "none", "one"], file.Tensors.Keys.Order());
        Assert.Equal([1, 2, 3, 4], file.Tensors["first"].Bytes.ToArray());
        Assert.Equal((0, 0), (file.Tensors["none"].ByteLength, file.Tensors["none"].Bytes.Length));
        Assert.Empty(file.Tensors["one"].Shape);
        Assert.Equal([5], file.Tensors["one"].Bytes.ToArray());
        Assert.Equal([6, 7], file.Tensors["last"].Bytes.ToArray());
    }

    [Fact]
    public void A_file_without_tensors_is_one()
    {
        using var file = Open(SafetensorsWriter.Write());
        Assert.Empty(file.Tensors);
    }

    /// <summary>Weights are far larger than memory is spare: a map of them takes none of the managed kind.</summary>
    [Fact]
    public void Opening_and_reading_copies_nothing_into_managed_memory()
    {
        const int Size = 64 << 20;
        var path = Path.Combine(_folder.Path, "large.safetensors");
        using (var stream = File.Create(path))
        {
            stream.Write(SafetensorsWriter.Raw($$"""{"t":{"dtype":"U8","shape":[{{Size}}],"data_offsets":[0,{{Size}}]} }""", []));
            stream.SetLength(stream.Length + Size);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var file = SafetensorsFile.Open(path);
        var bytes = file.Tensors["t"].Bytes;
        Assert.Equal((Size, 0), (bytes.Length, bytes.IndexOfAnyExcept((byte)0) + 1));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var path = Path.Combine(_folder.Path, "absent.safetensors");
        Assert.Contains(path, Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_refused_or_disposed_is_not_held_open()
    {
        var path = _folder.Write("t.safetensors", [1, 2, 3]);
        Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path));
        Assert.DoesNotContain(path, OpenFiles());
        File.WriteAllBytes(path, SafetensorsWriter.Write(("t", "U8", [1], [7])));
        var file = SafetensorsFile.Open(path);
        Assert.Contains(path, OpenFiles());
        file.Dispose();
        file.Dispose();
        Assert.DoesNotContain(path, OpenFiles());
    }

    [Fact]
    public void A_tensor_beyond_the_reach_of_a_span_says_how_to_read_it() =>
        Assert.Contains("3000000000", Assert.Throws<InvalidOperationException>(() => new StoredTensor("t", ElementType.U8, [3_000_000_000], 3_000_000_000, 0).Bytes.Length).Message, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private SafetensorsFile Open(byte[] bytes) => SafetensorsFile.Open(_folder.Write("t.safetensors", bytes));

    private static IEnumerable<string?> OpenFiles() =>
        Directory.GetFiles("/proc/self/fd").Select(link => new FileInfo(link).LinkTarget);

    private static byte[] Bytes<T>(params T[] values) where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
}
