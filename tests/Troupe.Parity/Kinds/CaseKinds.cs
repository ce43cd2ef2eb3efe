using Troupe.Parity.Goldens;

namespace Troupe.Parity.Kinds;

/// <summary>The kinds of case that are known.</summary>
public static class CaseKinds
{
    private static readonly IReadOnlyList<ICaseKind> All =
    [
        new CheckpointKind(), new TokenizerKind(), new ChatTemplateKind(),
        new ForwardKind(), new GreedyKind(), new GreedyBatchKind(), new GreedyEosKind(), new GreedyProcessedKind(),
        new VisionChatKind(), new VisionForwardKind(), new VisionChatBatchKind(), new PictureQuestionsKind(),
        new ChunkedPrefillKind(), new StopKind(),
        new ImageProcessorKind(), new PictureSizesKind(),
        new ProbabilitiesKind(), new LogprobsKind(), new DrawsKind(), new ErrorsKind(),
    ];

    /// <summary>The kind of a case; null when it is not known.</summary>
    public static ICaseKind? Find(GoldenCase golden) => All.FirstOrDefault(kind => kind.Takes(golden));
}
