namespace Troupe.Grains.Hosting;

/// <summary>How silos find each other: the section <c>Troupe:Cluster</c>.</summary>
public sealed record ClusterSettings
{
    /// <summary><c>host:port</c> of a Redis that holds the membership: for production.</summary>
    public string? Redis { get; init; }

    /// <summary><c>address:port</c> of the silo that holds the membership in memory: for trying a cluster on one machine. It may be the silo's own.</summary>
    public string? Primary { get; init; }

    /// <summary>Names the deployment; silos of other ids are not seen.</summary>
    public string ClusterId { get; init; } = "troupe";

    /// <summary>Names the service, for ever.</summary>
    public string ServiceId { get; init; } = "troupe";

    /// <summary>The address under which other silos reach this one.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The port between silos; 0 takes a free one.</summary>
    public int SiloPort { get; init; }
}
