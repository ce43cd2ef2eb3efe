using System.Text;
using CsCheck;
using Troupe.Models.Checkpoints;

namespace Troupe.Models.Tests.Checkpoints;

/// <summary>Files that are broken or made to hurt: refused with the reason, and never read beyond their end.</summary>
public sealed class HostileSafetensorsTests : IDisposable
{
    private static readonly byte[] s_valid = SafetensorsWriter.Write(
        ("model.embed", "F32", [2, 3], [.. Enumerable.Range(0, 24).Select(value => (byte)value)]),
        ("model.norm", "BF16", [4], [.. Enumerable.Range(30, 8).Select(value => (byte)value)]),
        ("model.none", "I64", [0, 5], []),
        ("model.flag", "BOOL", [], [1]));

    /// <summary>A valid file with digits, brackets and bytes replaced, cut out or put in.</summary>
    private static readonly Gen<byte[]> s_changed = Gen.Select(
        Gen.Select(Gen.Int[0, s_valid.Length - 1], Gen.Int[0, 3], Gen.OneOf(Gen.Byte, Gen.OneOf([.. "0123456789[]{},:\"-e."u8]))).Array[0, 4],
        Gen.Bool).Select((changes, keepLength) =>
    {
        var bytes = s_valid.ToList();
        foreach (var (place, kind, value) in changes)
        {
            var at = Math.Min(place, bytes.Count - 1);
            if (kind == 0)
                bytes.RemoveAt(at);
            else if (kind == 1)
                bytes.Insert(at, value);
            else
                bytes[at] = value;
        }
        if (!keepLength && bytes.Count > 8)
        {
            // With the length put right again, a change inside the JSON reaches the checks behind the first one.
            var end = Encoding.Latin1.GetString([.. bytes]).LastIndexOf("}}", StringComparison.Ordinal) + 2;
            BitConverter.GetBytes((long)Math.Max(0, end - 8)).CopyTo(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes));
        }
        return bytes.ToArray();
    });

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("""{"t":{"dtype":"U8","shape":[4],"data_offsets":[0,5]}}""", "takes 4 bytes, its data_offsets span 5")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "of shape (2) and type F32 takes 8 bytes, its data_offsets span 4")]
    [InlineData("""{"t":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}}""", "takes 4 bytes, its data_offsets span -4")]
    [InlineData("""{"t":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "the file at")]
    [InlineData("""{"t":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", "its tensors end at byte")]
    [InlineData("""{"t":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}""", "begins at byte 1 of the data, after a hole; 0 was expected")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[1],"data_offsets":[3,4]}}""", "tensor 'b' begins at byte 3 of the data, after a hole; 2 was expected")]
    [InlineData("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", "tensor 'b' begins at byte 2 of the data, inside the tensor before it; 3 was expected")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "inside the tensor before it")]
    [InlineData("""{"t":{"dtype":"U8","shape":[-4],"data_offsets":[0,4]}}""", "shape with a value that is not a whole number")]
    [InlineData("""{"t":{"dtype":"U8","shape":[4.5],"data_offsets":[0,4]}}""", "shape with a value that is not a whole number")]
    [InlineData("""{"t":{"dtype":"U8","shape":[4],"data_offsets":[-1,3]}}""", "data_offsets with a value that is not a whole number")]
    [InlineData("""{"t":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,4]}}""", "shape with a value that is not a whole number")]
    [InlineData("""{"t":{"dtype":"F64","shape":[4611686018427387904,8],"data_offsets":[0,0]}}""", "the impossible shape (4611686018427387904, 8)")]
    [InlineData("""{"t":{"dtype":"F64","shape":[4611686018427387904,4,0],"data_offsets":[0,0]}}""", "the impossible shape")]
    [InlineData("""{"t":{"dtype":"U8","shape":[4],"data_offsets":[9223372036854775807,9223372036854775807]}}""", "the impossible offset 9223372036854775807")]
    [InlineData("""{"t":{"dtype":"U8","shape":[4],"data_offsets":[9223372036854775000,4]}}""", "span -9223372036854774996")]
    [InlineData("""{"t":{"dtype":"U8","shape":[4],"data_offsets":[0]}}""", "needs dtype, shape and two data_offsets")]
    [InlineData("""{"t":{"dtype":"U8","shape":[4],"data_offsets":[0,4,8]}}""", "needs dtype, shape and two data_offsets")]
    [InlineData("""{"t":{"shape":[4],"data_offsets":[0,4]}}""", "needs dtype, shape and two data_offsets")]
    [InlineData("""{"t":{"dtype":"U8","shape":4,"data_offsets":[0,4]}}""", "a shape that is not a list")]
    [InlineData("""{"t":{"dtype":"C64","shape":[4],"data_offsets":[0,4]}}""", "dtype 'C64'; known are F64")]
    [InlineData("""{"t":{"dtype":7,"shape":[4],"data_offsets":[0,4]}}""", "not the JSON of a safetensors file")]
    [InlineData("""{"t":{"dtype":"U8","dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "tensor 't' has dtype twice")]
    [InlineData("""{"t":{"dtype":"U8","shape":[4],"shape":[],"data_offsets":[0,4]}}""", "tensor 't' has shape twice")]
    [InlineData("""{"t":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"t":{"dtype":"U8","shape":[0],"data_offsets":[4,4]}}""", "tensor 't' is listed twice")]
    [InlineData("""{"t":[0,4]}""", "tensor 't' is not described by an object")]
    [InlineData("""{"t":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}""", "not the JSON of a safetensors file")]
    [InlineData("""{"t":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}} x""", "not the JSON of a safetensors file")]
    [InlineData("""[]""", "StartObject was expected")]
    [InlineData("", "not the JSON of a safetensors file")]
    public void A_header_that_does_not_fit_its_data_is_refused_with_what_is_wrong(string header, string message) =>
        Assert.Contains(message, Refusal(SafetensorsWriter.Raw(header, [1, 2, 3, 4])), StringComparison.Ordinal);

    [Fact]
    public void A_header_longer_than_the_file_or_than_any_header_is_refused_before_it_is_read()
    {
        Assert.Contains("claims 3 bytes but only 2 follow", Refusal(SafetensorsWriter.WithLength(3, "{}"u8.ToArray())), StringComparison.Ordinal);
        Assert.Contains("over the limit of 100000000", Refusal(SafetensorsWriter.WithLength(100_000_001, "{}"u8.ToArray())), StringComparison.Ordinal);
        Assert.Contains($"claims {ulong.MaxValue} bytes", Refusal(SafetensorsWriter.WithLength(ulong.MaxValue, "{}"u8.ToArray())), StringComparison.Ordinal);
        Assert.Contains("it has 0 bytes", Refusal([]), StringComparison.Ordinal);
        Assert.Contains("it has 7 bytes, too few", Refusal(s_valid[..7]), StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_deep_enough_to_exhaust_a_stack_is_refused()
    {
        var deep = new string('[', 200_000);
        Assert.Contains("not the JSON of a safetensors file", Refusal(SafetensorsWriter.Raw($$"""{"__metadata__":{{deep}}""", [])), StringComparison.Ordinal);
        Assert.Contains("not the JSON of a safetensors file", Refusal(SafetensorsWriter.Raw($$"""{"t":{"x":{{deep}}""", [])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_is_not_UTF_8_is_refused() =>
        Assert.Contains("not the JSON of a safetensors file", Refusal(SafetensorsWriter.WithLength(4, [(byte)'{', (byte)'"', 0xff, (byte)'"'])), StringComparison.Ordinal);

    [Fact]
    public void A_file_cut_off_anywhere_is_refused() =>
        Assert.All(Enumerable.Range(0, s_valid.Length), length => Assert.NotEmpty(Refusal(s_valid[..length])));

    [Fact]
    public void Bytes_after_the_last_tensor_are_refused() =>
        Assert.Contains("its tensors end at byte", Refusal([.. s_valid, 0]), StringComparison.Ordinal);

    /// <summary>Whatever the bytes, a header is refused or its tensors fill the file end to end; nothing beyond it is asked for.</summary>
    [Fact]
    public void A_header_changed_anywhere_is_refused_or_its_tensors_lie_end_to_end_in_the_file() =>
        s_changed.Sample(bytes =>
        {
            try
            {
                var entries = SafetensorsHeader.Read("t", bytes.Length, count => bytes[..count]);
                var end = entries.Count == 0 ? bytes.Length : entries[0].Start;
                foreach (var entry in entries)
                {
                    Assert.Equal(end, entry.Start);
                    Assert.Equal(entry.Shape.Aggregate((long)entry.Type.Size(), (product, side) => product * side), entry.End - entry.Start);
                    end = entry.End;
                }
                Assert.Equal(bytes.Length, end);
            }
            catch (CheckpointException e)
            {
                Assert.StartsWith("t: ", e.Message, StringComparison.Ordinal);
            }
        }, iter: 20_000);

    [Fact]
    public void A_changed_file_is_refused_or_read_within_its_bytes() =>
        s_changed.Sample(bytes =>
        {
            try
            {
                using var file = SafetensorsFile.Open(_folder.Write("changed.safetensors", bytes));
                byte[] data = [.. file.Tensors.Values.OrderBy(tensor => tensor.Address).ThenBy(tensor => tensor.ByteLength).SelectMany(tensor => tensor.Bytes.ToArray())];
                Assert.Equal(bytes[(bytes.Length - data.Length)..], data);
            }
            catch (CheckpointException)
            {
            }
        }, iter: 1_000, threads: 1);

    public void Dispose() => _folder.Dispose();

    private string Refusal(byte[] bytes)
    {
        var path = _folder.Write("hostile.safetensors", bytes);
        var refusal = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path)).Message;
        Assert.StartsWith(path, refusal, StringComparison.Ordinal);
        return refusal;
    }
}
