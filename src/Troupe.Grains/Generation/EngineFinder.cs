using System.Runtime.InteropServices;
using Troupe.Contracts.Decoding;
using Troupe.Contracts.Generation;
using Troupe.Grains.Cluster;
using Troupe.Grains.Protocol;

namespace Troupe.Grains.Generation;

/// <summary>Asks the next engine in the router's order.</summary>
internal sealed class EngineFinder(ClusterMonitor cluster, IGrainFactory grains, ILocalSiloDetails local)
{
    /// <summary>Prompts that agree in so many tokens (and in their media) go to the same engine first.</summary>
    private const int AffinityTokens = 64;

    public async Task<OwnerInput> Find(Generation generation, FindEngine find, CancellationToken cancellation)
    {
        var request = generation.Request;
        var engine = Router.Order(cluster.Engines(request.Model), Affinity(request, find.Prompt.TokenIds)).FirstOrDefault(key => !find.Tried.Contains(key));
        if (engine is null)
            return new NoEngine(Nobody(request.Model, find.Tried.Count));
        generation.Handle(new EngineChosen(engine));
        return new EngineAnswered(engine, await Ask(engine, generation, find, cancellation));
    }

    private async Task<DecodeAnswer> Ask(string engine, Generation generation, FindEngine find, CancellationToken cancellation)
    {
        var request = generation.Request;
        try
        {
            return await grains.GetGrain<IDecoderGrain>(engine).Submit(new DecodeRequest
            {
                Key = request.Key,
                Epoch = generation.Epoch,
                Model = request.Model,
                Owner = local.SiloAddress,
                PromptIds = find.Prompt.TokenIds,
                Slots = find.Prompt.Slots,
                Media = find.Features,
                Choices = request.Choices,
                Sampling = request.Sampling,
            }, cancellation);
        }
        catch (Exception e) when (e is OperationCanceledException or OrleansException || StageCall.IsLost(e))
        {
            return new DecodeAnswer(DecodeVerdict.Refused, e.Message);
        }
    }

    private static byte[] Affinity(GenerationRequest request, int[] prompt) =>
    [
        .. MemoryMarshal.AsBytes(prompt.AsSpan(0, Math.Min(AffinityTokens, prompt.Length))),
        .. request.Media.SelectMany(medium => Convert.FromHexString(medium.Hash)),
    ];

    private static Refusal Nobody(ModelRevision model, int tried) => tried == 0
        ? new Refusal(RefusalKind.Unavailable, $"No engine serves {model} now; start a silo with the role decode, or try again later.")
        : new Refusal(RefusalKind.Full, $"None of the {tried} engines of {model.Name} takes the request now; try again later, or add silos with the role decode.");
}
