using Troupe.Contracts.Generation;
using Troupe.Contracts.Prompts;

namespace Troupe.Grains.Generation;

/// <summary>Spreads the text stage over its silos: a few grains a model, in turn.</summary>
internal sealed class PromptClient(IGrainFactory grains)
{
    private const int GrainsPerModel = 8;

    private uint _turn;

    public Task<PromptResult> Build(ModelRevision model, PromptRequest request, CancellationToken cancellation) =>
        grains.GetGrain<IPromptGrain>($"{model.Revision}|{Interlocked.Increment(ref _turn) % GrainsPerModel}").Build(request, cancellation);
}
