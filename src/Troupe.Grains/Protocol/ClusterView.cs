using Troupe.Contracts.Cluster;
using Troupe.Contracts.Generation;
using Troupe.Models.Families;

namespace Troupe.Grains.Protocol;

/// <summary>What a gateway knows of the cluster: the last report of each silo, for as long as it is fresh. Not safe for concurrent use.</summary>
/// <param name="freshFor">A silo that was not heard of for longer is not counted on.</param>
internal sealed class ClusterView(TimeSpan freshFor)
{
    private readonly Dictionary<string, (SiloReport Report, DateTimeOffset Heard)> _silos = [];

    public void Hear(string silo, SiloReport report, DateTimeOffset now) => _silos[silo] = (report, now);

    /// <summary>The silo left, or was declared dead.</summary>
    public void Forget(string silo) => _silos.Remove(silo);

    /// <summary>Removes and names the silos that have been silent for too long.</summary>
    public IReadOnlyList<string> ForgetSilent(DateTimeOffset now)
    {
        var silent = _silos.Where(entry => now - entry.Value.Heard > freshFor).Select(entry => entry.Key).ToArray();
        foreach (var silo in silent)
            _silos.Remove(silo);
        return silent;
    }

    /// <summary>Models whose every stage has a silo, each with its number of engines.</summary>
    public IReadOnlyList<(ServedModel Model, int Engines)> Models() =>
    [
        .. Reports()
            .Where(report => report.Model is not null)
            .GroupBy(report => report.Model!.Model)
            .Where(group => group.First().Model!.Modalities.Select(Stage).Append(Roles.Text).Append(Roles.Decode)
                .All(role => group.Any(report => report.Roles.Contains(role))))
            .OrderBy(group => group.Key.Name, StringComparer.Ordinal)
            .Select(group => (group.First().Model!, group.Count(report => report.Engine is not null))),
    ];

    /// <summary>Engines that serve this revision.</summary>
    public IReadOnlyList<EngineCandidate> Engines(ModelRevision model) =>
    [
        .. _silos.Where(entry => entry.Value.Report.Model?.Model == model && entry.Value.Report.Engine is not null)
            .Select(entry => new EngineCandidate(entry.Key, entry.Value.Report.Engine!.Running + entry.Value.Report.Engine.Waiting)),
    ];

    private IEnumerable<SiloReport> Reports() => _silos.Values.Select(entry => entry.Report);

    /// <summary>The role that a kind of input needs.</summary>
    private static string Stage(string modality) => modality == Modality.Image ? Roles.Vision : Roles.Text;
}
