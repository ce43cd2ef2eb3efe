using System.Diagnostics.Metrics;
using Troupe.Grains.Transfer;

namespace Troupe.Grains.Encoding;

/// <summary>How often pictures were known already, under the meter <c>Troupe.Grains</c>.</summary>
internal sealed class EncoderCacheMetrics
{
    private readonly Counter<long> _lookups;

    public EncoderCacheMetrics(IMeterFactory meters, FeatureStore store)
    {
        var meter = meters.Create("Troupe.Grains");
        _lookups = meter.CreateCounter<long>("troupe.features.lookups", "{picture}", "Pictures asked for, by whether their features were there.");
        meter.CreateObservableGauge("troupe.features.bytes", () => store.Bytes, "By", "Encoder outputs kept.");
    }

    public void Hit() => _lookups.Add(1, new KeyValuePair<string, object?>("result", "hit"));

    public void Miss() => _lookups.Add(1, new KeyValuePair<string, object?>("result", "miss"));
}
