namespace Troupe.Engine;

/// <summary>How many pictures an encoder works on at once.</summary>
public sealed record EncoderBatcherOptions
{
    /// <summary>Pictures in one forward pass, 1 or more.</summary>
    public int MaxBatch { get; init; } = 8;

    /// <summary>Pictures decoded and resized at the same time, 1 or more. With those that wait for the forward pass (at most <see cref="MaxBatch"/>) they bound the memory of decoded pictures.</summary>
    public int MaxPreparing { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);
}
