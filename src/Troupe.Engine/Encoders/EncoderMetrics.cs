using System.Diagnostics.Metrics;
using Troupe.Engine.Scheduling;

namespace Troupe.Engine.Encoders;

internal sealed class EncoderMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _pictures;
    private readonly Histogram<int> _batch;
    private readonly Histogram<double> _seconds;

    public EncoderMetrics(IMeterFactory? factory)
    {
        _meter = factory?.Create(new MeterOptions(EngineMetrics.MeterName)) ?? new Meter(EngineMetrics.MeterName);
        _pictures = _meter.CreateCounter<long>("troupe.encoder.pictures", "{picture}", "Pictures encoded.");
        _batch = _meter.CreateHistogram<int>("troupe.encoder.batch.size", "{picture}", "Pictures in one forward pass.");
        _seconds = _meter.CreateHistogram<double>("troupe.encoder.batch.duration", "s", "Time of one forward pass.");
    }

    public void Batch(int pictures, TimeSpan duration)
    {
        _pictures.Add(pictures);
        _batch.Record(pictures);
        _seconds.Record(duration.TotalSeconds);
    }

    public void Dispose() => _meter.Dispose();
}
