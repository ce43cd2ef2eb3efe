using System.Diagnostics;
using System.Diagnostics.Metrics;
using Grpc.Core;

namespace Troupe.Gateway.Telemetry;

/// <summary>The gateway's instruments, under the meter <c>Troupe.Gateway</c>.</summary>
internal sealed class GatewayMetrics
{
    private readonly TimeProvider _time;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _perToken;

    public GatewayMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create("Troupe.Gateway");
        _requests = meter.CreateCounter<long>("troupe.gateway.requests", "{request}", "Calls answered, by method and status.");
        _duration = Seconds(GenAi.RequestDuration, "From a generation's arrival to its last event.", GenAi.DurationBuckets);
        _firstToken = Seconds(GenAi.TimeToFirstToken, "From a generation's arrival to its first token.", GenAi.DurationBuckets);
        _perToken = Seconds(GenAi.TimePerOutputToken, "Mean time of each token after the first.", GenAi.TokenBuckets);

        Histogram<double> Seconds(string name, string description, IReadOnlyList<double> buckets) =>
            meter.CreateHistogram(name, "s", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = buckets });
    }

    /// <summary>A generation has arrived.</summary>
    public GenerationTiming Begin() => new(this, _time);

    public void Answered(string method, StatusCode status) =>
        _requests.Add(1, new("rpc.method", method[(method.LastIndexOf('/') + 1)..]), new("rpc.response.status_code", status.ToString()));

    public void Ended(string? model, TimeSpan duration, string? error)
    {
        var tags = Tags(model);
        if (error is not null)
            tags.Add(GenAi.ErrorType, error);
        _duration.Record(duration.TotalSeconds, tags);
    }

    public void FirstToken(string? model, TimeSpan elapsed) => _firstToken.Record(elapsed.TotalSeconds, Tags(model));

    public void PerToken(string? model, TimeSpan each) => _perToken.Record(each.TotalSeconds, Tags(model));

    private static TagList Tags(string? model)
    {
        var tags = new TagList { { GenAi.OperationName, GenAi.Chat }, { GenAi.ProviderName, GenAi.Troupe } };
        if (model is not null)
            tags.Add(GenAi.RequestModel, model);
        return tags;
    }
}
