using Troupe.Contracts.Generation;
using Troupe.Contracts.Prompts;
using Troupe.Grains.Cluster;

namespace Troupe.Grains.Generation;

/// <summary>The cluster from a silo with the gateway role.</summary>
internal sealed class InferenceCluster(ClusterMonitor cluster, GenerationHub hub, IGrainFactory grains, PromptClient prompts, ILocalSiloDetails local) : IInferenceCluster
{
    public IReadOnlyList<AvailableModel> Models => cluster.Models;

    public Task WhenReady(CancellationToken cancellation) => cluster.When(models => models.Count > 0, cancellation);

    public async Task<SubmitResult> Submit(GenerationRequest request, IReadOnlyList<ReadOnlyMemory<byte>> media, CancellationToken cancellation)
    {
        if (hub.Claim(request, media) is not var (generation, isNew))
            return SubmitResult.Refused(RefusalKind.IdInUse, $"request_id '{request.Key.Id}' belongs to a request with another body; choose another id, or leave it out.");
        if (!isNew)
            return await generation.Submitted.WaitAsync(cancellation);
        SubmitResult? result = null;
        try
        {
            return result = await Owner(generation).Submit(request, local.SiloAddress, cancellation);
        }
        finally
        {
            if (result is null)
                await Owner(generation).Cancel(); // the call broke off, perhaps before it reached its owner
            if (result?.Refusal is not null)
                hub.Forget(generation);
        }
    }

    public IAsyncEnumerable<GenerationEvent> Read(GenerationKey key, CancellationToken cancellation) =>
        hub.Find(key)?.Read(cancellation) ?? throw new KeyNotFoundException($"Request {key} is not known on this gateway.");

    public async Task<bool> Cancel(GenerationKey key)
    {
        if (hub.Find(key) is not { } generation)
            return false;
        await Owner(generation).Cancel();
        return true;
    }

    public Task<PromptResult> BuildPrompt(ModelRevision model, PromptRequest request, CancellationToken cancellation) =>
        StageCall.Try("text", () => prompts.Build(model, request, cancellation), PromptResult.Refused);

    private IGenerationGrain Owner(Generation generation) => grains.GetGrain<IGenerationGrain>($"{generation.Request.Key}/{generation.Epoch}");
}
