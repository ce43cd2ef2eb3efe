using Troupe.Contracts.Cluster;
using Troupe.Contracts.Generation;
using Troupe.Grains.Generation;

namespace Troupe.Gateway.Tests.Fakes;

internal static class FakeModels
{
    public static AvailableModel Pictures { get; } = Of("pictures", "text", "image");

    public static AvailableModel Words { get; } = Of("words", "text");

    private static AvailableModel Of(string name, params string[] modalities) => new(
        new ServedModel
        {
            Model = new ModelRevision(name, $"revision-of-{name}"),
            Family = "fake",
            Modalities = modalities,
            ContextLength = 4096,
            VocabularySize = 1000,
            Defaults = new SamplingSettings { Temperature = 0.5f, TopK = 40, TopP = 0.75f, RepetitionPenalty = 1.25f, StopTokenIds = [2, 3] },
        },
        Engines: 2);
}
