using static TorchSharp.torch;

namespace Troupe.Models.Operations.Torch;

internal sealed class TorchRows(Tensor tensor) : Rows
{
    /// <summary>(rows, width)</summary>
    public Tensor Tensor { get; } = tensor;

    public override int Count => (int)Tensor.shape[0];

    public override int Width => (int)Tensor.shape[1];
}

internal sealed class TorchWeight(Tensor tensor) : Weight
{
    public Tensor Tensor { get; } = tensor;
}
