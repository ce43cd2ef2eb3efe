using Troupe.Contracts.Cluster;
using Troupe.Contracts.Generation;
using Troupe.Grains.Hosting;
using Troupe.Models.Checkpoints;
using Troupe.Models.Families;

namespace Troupe.Grains.Serving;

/// <summary>The checkpoint that a silo serves, and what the cluster is told of it. Opening reads the settings, and every byte once for the digest.</summary>
internal sealed class ModelFolder : IDisposable
{
    /// <exception cref="CheckpointException">The folder cannot be served.</exception>
    public ModelFolder(ModelOptions options)
    {
        var path = options.Path ?? throw new CheckpointException("Troupe:Model:Path is not set; the roles text, vision and decode need the folder of a checkpoint.");
        Checkpoint = Checkpoint.Open(path);
        Family = ModelFamilies.For(Checkpoint);
        var description = Family.Describe(Checkpoint);
        Served = new ServedModel
        {
            Model = new ModelRevision(options.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))), Checkpoint.Revision),
            Family = description.ModelType,
            Modalities = [.. description.Modalities],
            ContextLength = description.ContextLength,
            VocabularySize = description.VocabularySize,
            Defaults = Defaults(Checkpoint.Generation),
        };
    }

    public Checkpoint Checkpoint { get; }

    public IModelFamily Family { get; }

    public ServedModel Served { get; }

    public void Dispose() => Checkpoint.Dispose();

    /// <summary>The maker's sampling defaults; without <c>do_sample</c> they are greedy, and the filters of sampling stay off.</summary>
    private static SamplingSettings Defaults(GenerationDefaults maker) => new()
    {
        Temperature = maker.Sample ? maker.Temperature : 0,
        TopK = maker.Sample ? maker.TopK : 0,
        TopP = maker.Sample ? maker.TopP : 1,
        RepetitionPenalty = maker.RepetitionPenalty,
        StopTokenIds = [.. maker.EndTokenIds],
    };
}
