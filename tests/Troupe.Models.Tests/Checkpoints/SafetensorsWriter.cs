using System.Buffers.Binary;
using System.Text;

namespace Troupe.Models.Tests.Checkpoints;

/// <summary>Writes the safetensors format from its description, without the product's code: 8 bytes of length, JSON, data.</summary>
internal static class SafetensorsWriter
{
    public static byte[] Write(params (string Name, string Type, long[] Shape, byte[] Data)[] tensors)
    {
        var entries = new List<string>();
        var at = 0;
        foreach (var (name, type, shape, data) in tensors)
            entries.Add($$"""  "{{name}}" : { "dtype": "{{type}}", "shape": [{{string.Join(", ", shape)}}], "data_offsets": [{{at}}, {{at += data.Length}}] }""");
        return Raw($"{{{string.Join(",", entries)}}}", [.. tensors.SelectMany(tensor => tensor.Data)]);
    }

    public static byte[] Raw(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        return WithLength((ulong)json.Length, [.. json, .. data]);
    }

    public static byte[] WithLength(ulong length, byte[] rest)
    {
        var file = new byte[8 + rest.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        rest.CopyTo(file, 8);
        return file;
    }
}
