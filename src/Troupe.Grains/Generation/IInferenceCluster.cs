using Troupe.Contracts.Cluster;
using Troupe.Contracts.Generation;
using Troupe.Contracts.Prompts;

namespace Troupe.Grains.Generation;

/// <summary>The cluster as a front door sees it, from a silo with the gateway role. Safe for concurrent use.</summary>
public interface IInferenceCluster
{
    /// <summary>Models that can be served now: each stage that they need has a healthy silo.</summary>
    IReadOnlyList<AvailableModel> Models { get; }

    /// <summary>Completes when a model can be served (again).</summary>
    Task WhenReady(CancellationToken cancellation);

    /// <summary>
    /// Takes a request that passed the door and gives it to an engine. The same id with the same body joins the one that is known.
    /// A cancelled call cancels the request.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="media">Bytes of each of its media, in order.</param>
    Task<SubmitResult> Submit(GenerationRequest request, IReadOnlyList<ReadOnlyMemory<byte>> media, CancellationToken cancellation);

    /// <summary>The events of an accepted request from its first, live; ends with <see cref="FinishedEvent"/> or <see cref="FailedEvent"/>. Any number of readers.</summary>
    IAsyncEnumerable<GenerationEvent> Read(GenerationKey key, CancellationToken cancellation);

    /// <summary>Ends a request at every stage.</summary>
    /// <returns>Whether there is such a request on this gateway, running or lately ended.</returns>
    Task<bool> Cancel(GenerationKey key);

    /// <summary>The prompt that a conversation makes, without generating.</summary>
    Task<PromptResult> BuildPrompt(ModelRevision model, PromptRequest request, CancellationToken cancellation);
}

/// <param name="Served">What it is.</param>
/// <param name="Engines">Engines that serve it now.</param>
public sealed record AvailableModel(ServedModel Served, int Engines);
