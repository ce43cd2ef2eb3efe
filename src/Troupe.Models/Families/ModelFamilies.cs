using Troupe.Models.Checkpoints;

namespace Troupe.Models.Families;

/// <summary>The families that are served, by <c>model_type</c>.</summary>
public static class ModelFamilies
{
    public static IReadOnlyList<IModelFamily> All { get; } = [new LlamaFamily(), new Idefics3Family()];

    /// <summary>The family of a checkpoint.</summary>
    /// <exception cref="CheckpointException">No family serves its <c>model_type</c>; the message lists those that are served.</exception>
    public static IModelFamily For(Checkpoint checkpoint)
    {
        var type = checkpoint.ModelType;
        return All.FirstOrDefault(family => family.ModelTypes.Contains(type)) ?? throw new CheckpointException(
            $"{checkpoint.Directory}: model_type '{type}' is not supported; supported are {string.Join(", ", All.SelectMany(family => family.ModelTypes).Order(StringComparer.Ordinal))}.");
    }
}
