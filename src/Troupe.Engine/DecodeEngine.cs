using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Troupe.Engine.Scheduling;
using Troupe.Models.Decoders;
using Troupe.Models.Text;

namespace Troupe.Engine;

/// <summary>
/// Many requests over one decoder, one batch per step, on a dedicated thread. The decoder belongs to the caller and must outlive the
/// engine; nobody else may use it meanwhile. Disposing ends every request as failed and waits for the step in progress.
/// </summary>
public sealed partial class DecodeEngine : IDecodeEngine, IDisposable
{
    private readonly RequestDoor _door;
    private readonly EngineMetrics _metrics;
    private readonly StepLoop _loop;
    private readonly Thread _thread;
    private readonly ILogger _logger;

    public DecodeEngine(IDecoder decoder, ITokenizer tokenizer, EngineOptions options, ILogger<DecodeEngine> logger, IMeterFactory? meterFactory = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxRunning, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxWaiting, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.StepTokens, 1);

        _logger = logger;
        Description = new(options.Model, options.Revision, decoder.ContextLength, decoder.VocabularySize, options.MaxRunning);
        _door = new RequestDoor(options, decoder.ContextLength);
        _metrics = new EngineMetrics(meterFactory, options.Model, () => Load);
        _loop = new StepLoop(decoder, tokenizer, options, _door, _metrics, logger);
        _thread = new Thread(_loop.Run) { IsBackground = true, Name = $"engine {options.Model}" };
        _thread.Start();
        LogStarted(options.Model, options.MaxRunning, options.StepTokens);
    }

    public EngineDescription Description { get; }

    public LoadReport Load => _loop.Load;

    public SubmitAnswer Submit(EngineRequest request, ITokenReceiver receiver) => _door.Submit(request, receiver);

    public void Cancel(GenerationKey key) => _door.Cancel(key);

    public void Dispose()
    {
        _loop.Stop();
        if (Thread.CurrentThread != _thread) // a receiver may be the one that disposes
            _thread.Join();
        _metrics.Dispose();
        LogStopped(Description.Model);
    }
}
