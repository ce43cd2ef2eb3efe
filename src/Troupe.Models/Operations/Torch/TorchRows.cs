using static TorchSharp.torch;

namespace Troupe.Models.Operations.Torch;

internal sealed class TorchRows(Tensor tensor) : Rows
{
    /// <summary>(rows, width)</summary>
    public Tensor Tensor { get; } = tensor;

    public override int Count { get; } = (int)tensor.shape[0];

    public override int Width { get; } = (int)tensor.shape[1];
}

internal sealed class TorchWeight(Tensor tensor) : Weight
{
    public Tensor Tensor { get; } = tensor;
}
