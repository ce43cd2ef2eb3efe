using Troupe.Contracts.Generation;

namespace Troupe.Contracts.Cluster;

/// <summary>What a silo does and how busy it is. Sent to every gateway several times a second; silence means trouble.</summary>
/// <param name="Silo">The sender.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Model">What it serves; null for a silo with no stage of a model.</param>
/// <param name="Engine">Load of its engine; null without the decode role.</param>
[GenerateSerializer, Immutable, Alias("troupe.SiloReport")]
public sealed record SiloReport([property: Id(0)] SiloAddress Silo, [property: Id(1)] string[] Roles, [property: Id(2)] ServedModel? Model, [property: Id(3)] EngineLoad? Engine);

/// <summary>What a gateway must know of a model to check requests at the door.</summary>
[GenerateSerializer, Immutable, Alias("troupe.ServedModel")]
public sealed record ServedModel
{
    [Id(0)] public required ModelRevision Model { get; init; }

    /// <summary><c>model_type</c> of config.json.</summary>
    [Id(1)] public required string Family { get; init; }

    /// <summary>Kinds of input: <c>text</c>, <c>image</c>.</summary>
    [Id(2)] public required string[] Modalities { get; init; }

    /// <summary>Most tokens of prompt and answer together.</summary>
    [Id(3)] public required int ContextLength { get; init; }

    [Id(4)] public required int VocabularySize { get; init; }

    /// <summary>The maker's sampling defaults; its stop ids are the model's end tokens.</summary>
    [Id(5)] public required SamplingSettings Defaults { get; init; }
}

/// <param name="Running">Sequences in the current batch.</param>
/// <param name="Waiting">Requests accepted and not yet started.</param>
/// <param name="MaxRunning">Sequences that one step may hold.</param>
/// <param name="Steps">Steps made since the start.</param>
[GenerateSerializer, Immutable, Alias("troupe.EngineLoad")]
public sealed record EngineLoad([property: Id(0)] int Running, [property: Id(1)] int Waiting, [property: Id(2)] int MaxRunning, [property: Id(3)] long Steps);
