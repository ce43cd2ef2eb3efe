using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Troupe.Contracts.Cluster;
using Troupe.Engine;
using Troupe.Grains.Hosting;
using Troupe.Models.Decoders;
using Troupe.Models.Devices;
using Troupe.Models.Families;

namespace Troupe.Grains.Serving;

/// <summary>The stages of a model that this silo runs by its roles. They are loaded before the silo joins: who is in the cluster can serve.</summary>
internal sealed partial class ModelStages(ModelFolder folder, TroupeOptions options, ILoggerFactory loggers, IMeterFactory meters) : IHostedService, IDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger<ModelStages>();
    private IDecoder? _decoder;
    private IImageEncoder? _images;

    /// <summary>The text stage; the decode stage has its tokenizer from it too.</summary>
    public IPromptBuilder Prompts { get; private set; } = null!;

    /// <summary>The vision stage; null without the role, or for a model without pictures.</summary>
    public EncoderBatcher? Encoder { get; private set; }

    /// <summary>The decode stage; null without the role.</summary>
    public DecodeEngine? Engine { get; private set; }

    public ServedModel Served => folder.Served;

    public Task StartAsync(CancellationToken cancellationToken) => Task.Run(Load, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        Engine?.Dispose();
        Encoder?.Dispose();
        _decoder?.Dispose();
        _images?.Dispose();
    }

    private void Load()
    {
        var started = TimeProvider.System.GetTimestamp();
        Prompts = folder.Family.CreatePromptBuilder(folder.Checkpoint);
        if (options.Roles.Contains(Roles.Vision))
            LoadEncoder();
        if (options.Roles.Contains(Roles.Decode))
            LoadEngine();
        if (Engine is not null && (Encoder is not null || !Served.Modalities.Contains(Modality.Image)))
            ReportUnusedWeights();
        LogLoaded(Served.Model.ToString(), Served.Family, TimeProvider.System.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>All stages are here: what none of them took belongs to no part of the model as it is known here.</summary>
    private void ReportUnusedWeights()
    {
        var unused = folder.Checkpoint.Weights.Unused.Select(tensor => tensor.Name).Order(StringComparer.Ordinal).ToArray();
        if (unused.Length > 0)
            LogUnused(unused.Length, string.Join(", ", unused.Take(8)));
    }

    private void LoadEncoder()
    {
        _images = folder.Family.CreateImageEncoder(folder.Checkpoint, TorchRuntime.Open(options.Torch));
        if (_images is not null)
            Encoder = new EncoderBatcher(_images, options.Pictures, options.Encoder, loggers.CreateLogger<EncoderBatcher>(), meters);
    }

    private void LoadEngine()
    {
        _decoder = folder.Family.CreateDecoder(folder.Checkpoint, TorchRuntime.Open(options.Torch));
        Engine = new DecodeEngine(_decoder, Prompts.Tokenizer, new EngineOptions
        {
            Model = Served.Model.Name,
            Revision = Served.Model.Revision,
            MaxRunning = options.Engine.MaxRunning,
            MaxWaiting = options.Engine.MaxWaiting,
            StepTokens = options.Engine.StepTokens,
            MaxCachedTokens = options.Engine.MaxCachedTokens,
        }, loggers.CreateLogger<DecodeEngine>(), meters);
    }

    [LoggerMessage(LogLevel.Warning, "The checkpoint holds {Count} tensors that the model does not use: {Names} ...")]
    private partial void LogUnused(int count, string names);

    [LoggerMessage(LogLevel.Information, "{Model} ({Family}) was loaded in {Seconds:0.00} s.")]
    private partial void LogLoaded(string model, string family, double seconds);
}
