namespace Troupe.Models.Checkpoints;

/// <summary>What generation_config.json says of generating: end tokens (config.json's where it is silent) and the maker's sampling defaults (config.json's where there is no such file).</summary>
public sealed record GenerationDefaults
{
    /// <summary>Any of these ids ends an answer.</summary>
    public IReadOnlyList<int> EndTokenIds { get; init; } = [];

    public int? PadTokenId { get; init; }

    public int? StartTokenId { get; init; }

    /// <summary>Whether the maker samples by default; false is greedy.</summary>
    public bool Sample { get; init; }

    public float Temperature { get; init; } = 1;

    public int TopK { get; init; } = 50;

    public float TopP { get; init; } = 1;

    public float RepetitionPenalty { get; init; } = 1;

    public static GenerationDefaults From(ConfigSection? generation, ConfigSection config)
    {
        var text = config.OptionalSection("text_config");
        IReadOnlyList<int> Ids(string key) => new[] { generation, config, text }
            .Select(section => section?.Ints(key) ?? []).FirstOrDefault(ids => ids.Count > 0) ?? [];
        var sampling = generation ?? config;                    // older checkpoints have no file of their own for it
        int? Id(string key) => Ids(key) is [var id, ..] ? id : null;
        return new GenerationDefaults
        {
            EndTokenIds = Ids("eos_token_id"),
            PadTokenId = Id("pad_token_id"),
            StartTokenId = Id("bos_token_id"),
            Sample = sampling.Bool("do_sample", false),
            Temperature = sampling.Float("temperature", 1),
            TopK = sampling.Int("top_k", 50),
            TopP = sampling.Float("top_p", 1),
            RepetitionPenalty = sampling.Float("repetition_penalty", 1),
        };
    }
}
