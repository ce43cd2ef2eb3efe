using System.Buffers.Binary;
using System.Text.Json;

namespace Troupe.Models.Checkpoints;

/// <summary>
/// The header of a safetensors file: 8 bytes of length, then JSON naming each tensor's type, shape and place. Everything is checked before
/// a byte of data is touched, with the rules of the reference implementation: tensors lie end to end and fill the file.
/// </summary>
internal static class SafetensorsHeader
{
    private const int LengthBytes = 8;
    private const long MaxLength = 100_000_000;

    public sealed record Entry(string Name, ElementType Type, long[] Shape, long Start, long End);

    /// <param name="file">The file, for messages.</param>
    /// <param name="fileLength">Bytes of the whole file.</param>
    /// <param name="read">Returns the first so many bytes of the file, never asked for more than there are.</param>
    /// <returns>The entries in order of their place, with offsets from the start of the file.</returns>
    public static IReadOnlyList<Entry> Read(string file, long fileLength, Func<int, byte[]> read)
    {
        if (fileLength < LengthBytes)
            throw Bad(file, $"it has {fileLength} bytes, too few for a header; the download may be incomplete");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(read(LengthBytes));
        if (length > MaxLength)
            throw Bad(file, $"its header claims {length} bytes, over the limit of {MaxLength}");
        if (length > (ulong)(fileLength - LengthBytes))
            throw Bad(file, $"its header claims {length} bytes but only {fileLength - LengthBytes} follow; the download may be incomplete");
        var data = LengthBytes + (long)length;
        var entries = Parse(file, read((int)data).AsSpan(LengthBytes), data);
        CheckPlaces(file, entries, data, fileLength);
        return entries;
    }

    private static List<Entry> Parse(string file, ReadOnlySpan<byte> json, long data)
    {
        var entries = new List<Entry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(json);
            Expect(ref reader, JsonTokenType.StartObject);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                if (!names.Add(name))
                    throw Bad(file, $"tensor '{name}' is listed twice");
                reader.Read();
                if (name == "__metadata__")
                    reader.Skip();
                else
                    entries.Add(ParseEntry(file, name, ref reader, data));
            }
            while (reader.Read()) { }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new CheckpointException($"{file}: its header is not the JSON of a safetensors file: {e.Message}", e);
        }
        entries.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.End.CompareTo(b.End));
        return entries;
    }

    private static Entry ParseEntry(string file, string name, ref Utf8JsonReader reader, long data)
    {
        ElementType? type = null;
        long[]? shape = null, offsets = null;
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Bad(file, $"tensor '{name}' is not described by an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString();
            if ((key, type, shape, offsets) is ("dtype", not null, _, _) or ("shape", _, not null, _) or ("data_offsets", _, _, not null))
                throw Bad(file, $"tensor '{name}' has {key} twice");
            reader.Read();
            switch (key)
            {
                case "dtype":
                    type = ParseType(file, name, reader.GetString());
                    break;
                case "shape":
                    shape = ParseNumbers(file, name, "shape", ref reader);
                    break;
                case "data_offsets":
                    offsets = ParseNumbers(file, name, "data_offsets", ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        if (type is null || shape is null || offsets is not { Length: 2 })
            throw Bad(file, $"tensor '{name}' needs dtype, shape and two data_offsets");
        return new Entry(name, type.Value, shape, Add(file, name, data, offsets[0]), Add(file, name, data, offsets[1]));
    }

    private static void CheckPlaces(string file, List<Entry> entries, long data, long fileLength)
    {
        var end = data;
        foreach (var entry in entries)
        {
            var bytes = Bytes(file, entry);
            if (entry.End - entry.Start != bytes)
                throw Bad(file, $"tensor '{entry.Name}' of shape {StoredTensor.Describe(entry.Shape)} and type {entry.Type} takes {bytes} bytes, its data_offsets span {entry.End - entry.Start}");
            if (entry.Start != end)
                throw Bad(file, $"tensor '{entry.Name}' begins at byte {entry.Start - data} of the data, {(entry.Start < end ? "inside the tensor before it" : "after a hole")}; {end - data} was expected");
            if (entry.End > fileLength)
                throw Bad(file, $"tensor '{entry.Name}' ends at byte {entry.End}, the file at {fileLength}; the download may be incomplete");
            end = entry.End;
        }
        if (end != fileLength)
            throw Bad(file, $"its tensors end at byte {end}, the file at {fileLength}");
    }

    private static long Bytes(string file, Entry entry)
    {
        try
        {
            return entry.Shape.Aggregate((long)entry.Type.Size(), (product, side) => checked(product * side));
        }
        catch (OverflowException)
        {
            throw Bad(file, $"tensor '{entry.Name}' has the impossible shape {StoredTensor.Describe(entry.Shape)}");
        }
    }

    private static ElementType ParseType(string file, string name, string? dtype) => dtype switch
    {
        "F64" => ElementType.F64,
        "F32" => ElementType.F32,
        "F16" => ElementType.F16,
        "BF16" => ElementType.BF16,
        "I64" => ElementType.I64,
        "I32" => ElementType.I32,
        "I16" => ElementType.I16,
        "I8" => ElementType.I8,
        "U8" => ElementType.U8,
        "BOOL" => ElementType.Bool,
        "F8_E4M3" => ElementType.F8E4M3,
        "F8_E5M2" => ElementType.F8E5M2,
        _ => throw Bad(file, $"tensor '{name}' has dtype '{dtype}'; known are F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL, F8_E4M3 and F8_E5M2"),
    };

    private static long[] ParseNumbers(string file, string name, string field, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Bad(file, $"tensor '{name}' has a {field} that is not a list");
        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!reader.TryGetInt64(out var number) || number < 0)
                throw Bad(file, $"tensor '{name}' has a {field} with a value that is not a whole number from 0 to 2^63 - 1");
            numbers.Add(number);
        }
        return [.. numbers];
    }

    private static long Add(string file, string name, long data, long offset) =>
        offset <= long.MaxValue - data ? data + offset : throw Bad(file, $"tensor '{name}' has the impossible offset {offset}");

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
            throw new JsonException($"{type} was expected.");
    }

    private static CheckpointException Bad(string file, string what) => new($"{file}: {what}.");
}
