using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Troupe.Engine.Tests.Fakes;

namespace Troupe.Engine.Tests;

public sealed class EngineMetricsTests
{
    [Fact]
    public async Task Steps_and_tokens_are_counted()
    {
        var counts = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Troupe.Engine" && instrument.Meter.Tags!.Contains(new("model", "counted")))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => counts.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => counts.AddOrUpdate(instrument.Name, 1, (_, sum) => sum + 1));
        listener.Start();

        using var fixture = new EngineFixture(EngineFixture.Options with { Model = "counted", StepTokens = 4 });
        fixture.Submit(Requests.Make("r", "ten tokens", 6, choices: 2));
        await fixture.Transcript.Answer("r", 1);

        Assert.Equal(10, counts["troupe.engine.tokens.prompt"]);
        Assert.Equal(12, counts["troupe.engine.tokens.generated"]);
        Assert.Equal(8, counts["troupe.engine.steps"]); // three chunks, the last of which draws, and five more
        Assert.Equal(8, counts["troupe.engine.step.duration"]);
    }
}
