using Troupe.Contracts.Encoding;
using Troupe.Models.Checkpoints;
using Troupe.Models.Families;

namespace Troupe.Grains.Encoding;

/// <summary>A feature set as one run of bytes, and back.</summary>
internal static class FeatureBlob
{
    public static (TensorLayout[] Layout, byte[] Data) Write(FeatureSet features)
    {
        var layout = new List<TensorLayout>();
        var data = new byte[features.Tensors.Values.Sum(tensor => (long)tensor.Data.Length)];
        var offset = 0;
        foreach (var (name, tensor) in features.Tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            layout.Add(new TensorLayout(name, tensor.Type.ToString(), tensor.Shape, offset, tensor.Data.Length));
            tensor.Data.CopyTo(data.AsMemory(offset));
            offset += tensor.Data.Length;
        }
        return ([.. layout], data);
    }

    /// <summary>The tensors are views of <paramref name="data"/>.</summary>
    public static FeatureSet Read(TensorLayout[] layout, ReadOnlyMemory<byte> data) => new(layout.ToDictionary(
        tensor => tensor.Name,
        tensor => new HostTensor(Enum.Parse<ElementType>(tensor.Type), tensor.Shape, data.Slice((int)tensor.Offset, (int)tensor.Length))));
}
