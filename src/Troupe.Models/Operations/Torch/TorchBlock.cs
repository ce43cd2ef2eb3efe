using static TorchSharp.torch;

namespace Troupe.Models.Operations.Torch;

internal sealed class TorchBlock : RowBlock
{
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    public override Rows Keep(Rows x, Rows? replaced = null)
    {
        ((TorchRows)x).Tensor.MoveToOuterDisposeScope();
        ((TorchRows?)replaced)?.Tensor.Dispose();
        return x;
    }

    public override void Dispose() => _scope.Dispose();
}
