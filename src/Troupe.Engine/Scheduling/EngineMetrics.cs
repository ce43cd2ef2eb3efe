using System.Diagnostics.Metrics;

namespace Troupe.Engine.Scheduling;

/// <summary>The engine's instruments, under the meter <see cref="MeterName"/>.</summary>
internal sealed class EngineMetrics : IDisposable
{
    public const string MeterName = "Troupe.Engine";

    private readonly Meter _meter;
    private readonly Counter<long> _steps;
    private readonly Histogram<double> _stepSeconds;
    private readonly Counter<long> _generated;
    private readonly Counter<long> _prompt;
    private readonly Counter<long> _failedSteps;

    public EngineMetrics(IMeterFactory? factory, string model, Func<LoadReport> load)
    {
        var options = new MeterOptions(MeterName) { Tags = [new("model", model)] };
        _meter = factory?.Create(options) ?? new Meter(options);
        _steps = _meter.CreateCounter<long>("troupe.engine.steps", "{step}", "Forward passes made.");
        _stepSeconds = _meter.CreateHistogram<double>("troupe.engine.step.duration", "s", "Time of one step, forward pass and sampling.");
        _generated = _meter.CreateCounter<long>("troupe.engine.tokens.generated", "{token}", "Tokens drawn.");
        _prompt = _meter.CreateCounter<long>("troupe.engine.tokens.prompt", "{token}", "Prompt tokens computed.");
        _failedSteps = _meter.CreateCounter<long>("troupe.engine.steps.failed", "{step}", "Forward passes that threw.");
        _meter.CreateObservableGauge("troupe.engine.running", () => load().Running, "{sequence}", "Sequences in the current batch.");
        _meter.CreateObservableGauge("troupe.engine.waiting", () => load().Waiting, "{request}", "Requests accepted and not yet started.");
        _meter.CreateObservableGauge("troupe.engine.cached", () => load().CachedTokens, "{token}", "Positions held in key/value caches.");
    }

    public void Step(TimeSpan duration, int promptTokens, int generatedTokens)
    {
        _steps.Add(1);
        _stepSeconds.Record(duration.TotalSeconds);
        _prompt.Add(promptTokens);
        _generated.Add(generatedTokens);
    }

    public void StepFailed() => _failedSteps.Add(1);

    public void Dispose() => _meter.Dispose();
}
