using Troupe.Engine;
using Troupe.Models.Devices;
using Troupe.Models.Vision;

namespace Troupe.Grains.Hosting;

/// <summary>The section <c>Troupe</c> of a host's configuration.</summary>
public sealed record TroupeOptions
{
    public const string Section = "Troupe";

    /// <summary>Any of <c>gateway text vision audio decode</c>, as a list or separated by commas or spaces.</summary>
    public string[] Roles { get; init; } = [];

    /// <summary><c>Embedded</c>: every role in this process, no other silo; <c>Member</c>: a silo of a cluster.</summary>
    public TroupeMode Mode { get; init; } = TroupeMode.Embedded;

    public ModelOptions Model { get; init; } = new();

    public TorchOptions Torch { get; init; } = new();

    public ClusterSettings Cluster { get; init; } = new();

    /// <summary>What a picture may be.</summary>
    public PictureLimits Pictures { get; init; } = new();

    public EngineSettings Engine { get; init; } = new();

    public FeatureSettings Features { get; init; } = new();

    public EncoderBatcherOptions Encoder { get; init; } = new();

    /// <summary>Whether any of the roles works with a checkpoint.</summary>
    internal bool NeedsModel => Roles.Any(role => role is not Contracts.Cluster.Roles.Gateway);
}

public enum TroupeMode
{
    Embedded,
    Member,
}

public sealed record ModelOptions
{
    /// <summary>A checkpoint folder; needed by the roles text, vision and decode.</summary>
    public string? Path { get; init; }

    /// <summary>The name under which requests ask for it; the folder's name when absent.</summary>
    public string? Name { get; init; }
}

/// <summary>Limits of this silo's engine.</summary>
public sealed record EngineSettings
{
    /// <summary>Sequences decoded in one step.</summary>
    public int MaxRunning { get; init; } = 32;

    /// <summary>Requests accepted and not yet started.</summary>
    public int MaxWaiting { get; init; } = 256;

    /// <summary>Rows of one step.</summary>
    public int StepTokens { get; init; } = 512;

    /// <summary>Positions of all running sequences; null is room for every running sequence at full context.</summary>
    public long? MaxCachedTokens { get; init; }
}

public sealed record FeatureSettings
{
    /// <summary>Bytes of encoder outputs that a vision silo keeps.</summary>
    public long MaxBytes { get; init; } = 1L << 30;
}
