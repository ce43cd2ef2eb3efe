using Microsoft.Extensions.Logging;
using Troupe.Contracts.Cluster;
using Troupe.Contracts.Generation;
using Troupe.Grains.Generation;
using Troupe.Grains.Protocol;

namespace Troupe.Grains.Cluster;

/// <summary>What this gateway silo hears of the others. Safe for concurrent use.</summary>
internal sealed partial class ClusterMonitor(GenerationHub hub, TimeProvider time, ILogger<ClusterMonitor> logger)
{
    /// <summary>Reports come several times a second; a silo that is silent for this long is not counted on.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly ClusterView _view = new(FreshFor);
    private IReadOnlyList<AvailableModel> _models = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<AvailableModel> Models
    {
        get
        {
            lock (_lock)
                return _models;
        }
    }

    public IReadOnlyList<EngineCandidate> Engines(ModelRevision model)
    {
        lock (_lock)
            return _view.Engines(model);
    }

    /// <summary>Completes as soon as the models are as asked.</summary>
    public async Task When(Func<IReadOnlyList<AvailableModel>, bool> models, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (models(_models))
                    return;
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellation);
        }
    }

    public void Hear(SiloReport report)
    {
        lock (_lock)
        {
            _view.Hear(report.Silo.ToParsableString(), report, time.GetUtcNow());
            NoteModels();
        }
    }

    /// <summary>The silo left, or was declared dead.</summary>
    public void Forget(SiloAddress silo)
    {
        lock (_lock)
        {
            _view.Forget(silo.ToParsableString());
            NoteModels();
        }
        hub.LoseEngine(silo);
    }

    public void ForgetSilent()
    {
        IReadOnlyList<string> silent;
        lock (_lock)
        {
            silent = _view.ForgetSilent(time.GetUtcNow());
            NoteModels();
        }
        foreach (var silo in silent)
            hub.LoseEngine(SiloAddress.FromParsableString(silo));
    }

    private void NoteModels()
    {
        AvailableModel[] models = [.. _view.Models().Select(model => new AvailableModel(model.Model, model.Engines))];
        if (models.Select(Name).SequenceEqual(_models.Select(Name)))
            return;
        _models = models;
        foreach (var model in models)
            LogServed(model.Served.Model, model.Engines);
        if (models.Length == 0)
            LogNothingServed();
        _changed.SetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        static (ModelRevision, int) Name(AvailableModel model) => (model.Served.Model, model.Engines);
    }

    [LoggerMessage(LogLevel.Information, "{Model} is served; engines: {Engines}.")]
    private partial void LogServed(ModelRevision model, int engines);

    [LoggerMessage(LogLevel.Warning, "No model is served: a stage has no healthy silo.")]
    private partial void LogNothingServed();
}
