using Microsoft.Extensions.Logging.Abstractions;
using Troupe.Engine.Tests.Fakes;

namespace Troupe.Engine.Tests;

/// <summary>An engine over the fake decoder, with a gate that is open unless a test closes it.</summary>
internal sealed class EngineFixture : IDisposable
{
    public EngineFixture(EngineOptions? options = null, bool gated = false, FakeDecoder? decoder = null)
    {
        Decoder = decoder ?? new FakeDecoder();
        if (gated)
            Decoder.OnForward = _ => Gate.Enter();
        Engine = new DecodeEngine(Decoder, new ByteTokenizer(), options ?? Options, NullLogger<DecodeEngine>.Instance);
    }

    public static EngineOptions Options { get; } = new() { Model = "fake", Revision = "1" };

    public FakeDecoder Decoder { get; }

    public StepGate Gate { get; } = new();

    public DecodeEngine Engine { get; }

    public Transcript Transcript { get; } = new();

    public void Submit(EngineRequest request)
    {
        var answer = Engine.Submit(request, Transcript);
        Assert.True(answer.Accepted, answer.Reason);
    }

    public void Dispose()
    {
        Gate.Open();
        Engine.Dispose();
        Assert.Equal(0, Decoder.OpenCaches); // every test ends with all caches freed
        Gate.Dispose();
    }
}
