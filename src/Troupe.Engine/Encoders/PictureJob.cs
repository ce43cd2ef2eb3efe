using Troupe.Models.Families;
using Troupe.Models.Vision;

namespace Troupe.Engine.Encoders;

/// <summary>A prepared picture and the caller who waits for its features.</summary>
internal sealed class PictureJob(PreparedPicture picture)
{
    // The encoder's thread completes it and must never run the caller's code.
    private readonly TaskCompletionSource<FeatureSet> _features = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PreparedPicture Picture => picture;

    public Task<FeatureSet> Features => _features.Task;

    /// <summary>Nobody waits any more.</summary>
    public bool Ended => _features.Task.IsCompleted;

    public void Succeed(FeatureSet features) => _features.TrySetResult(features);

    public void Fail(Exception exception) => _features.TrySetException(exception);

    public void Cancel() => _features.TrySetCanceled();
}
