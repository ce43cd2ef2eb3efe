using Troupe.Engine.Sampling;
using Troupe.Models.Families;

namespace Troupe.Engine;

/// <summary>A request as the engine runs it. Everything in it was checked at the door.</summary>
/// <param name="Key">Tenant and request id.</param>
/// <param name="Epoch">The owner's claim; a later claim has a higher number.</param>
/// <param name="PromptIds">The rendered prompt.</param>
/// <param name="Slots">Which positions of the prompt take rows of which medium.</param>
/// <param name="Media">Features of each medium, by <see cref="MediaSlot.Medium"/>.</param>
/// <param name="Choices">Answers to the one prompt, 1 or more.</param>
/// <param name="Sampling">How tokens are drawn and when an answer ends.</param>
public sealed record EngineRequest(
    GenerationKey Key,
    long Epoch,
    int[] PromptIds,
    IReadOnlyList<MediaSlot> Slots,
    IReadOnlyList<FeatureSet> Media,
    int Choices,
    SamplingParameters Sampling);
