using static TorchSharp.torch;

namespace Troupe.Models.Operations.Torch;

/// <summary>Inference mode and a dispose scope, both of the thread that opened them.</summary>
internal sealed class TorchStep : IDisposable
{
    private readonly IDisposable _mode = inference_mode();
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _mode.Dispose();
    }
}
