using Troupe.Models.Checkpoints;

namespace Troupe.Models.Decoders;

/// <summary>Rotary position embedding of a checkpoint, in either layout of config.json: <c>rope_parameters</c>, or <c>rope_theta</c> with <c>rope_scaling</c>.</summary>
public sealed record RopeParameters
{
    /// <summary><c>default</c>, <c>linear</c>, <c>llama3</c> or another name that the family may or may not support.</summary>
    public string Type { get; init; } = "default";

    public double Theta { get; init; } = 10_000;

    public double Factor { get; init; } = 1;

    public double LowFreqFactor { get; init; } = 1;

    public double HighFreqFactor { get; init; } = 4;

    /// <summary>Positions that the model was trained on before it was stretched.</summary>
    public int OriginalMaxPositions { get; init; }

    public static RopeParameters From(ConfigSection config, int maxPositions, double defaultTheta = 10_000)
    {
        var parameters = config.OptionalSection("rope_parameters");
        var scaling = parameters ?? config.OptionalSection("rope_scaling");
        var theta = parameters is not null && parameters.Has("rope_theta") ? parameters.Double("rope_theta") : config.Double("rope_theta", defaultTheta);
        if (scaling is null)
            return new RopeParameters { Theta = theta, OriginalMaxPositions = maxPositions };
        return new RopeParameters
        {
            Type = scaling.OptionalString("rope_type") ?? scaling.OptionalString("type") ?? "default",
            Theta = theta,
            Factor = scaling.Double("factor", 1),
            LowFreqFactor = scaling.Double("low_freq_factor", 1),
            HighFreqFactor = scaling.Double("high_freq_factor", 4),
            OriginalMaxPositions = scaling.Int("original_max_position_embeddings", config.Int("original_max_position_embeddings", maxPositions)),
        };
    }
}
