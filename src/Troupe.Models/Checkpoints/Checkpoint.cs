using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace Troupe.Models.Checkpoints;

/// <summary>An opened Hugging Face checkpoint folder. Settings are read at once, weights are mapped when first asked for.</summary>
public sealed class Checkpoint : IDisposable
{
    private static readonly string[] SettingFiles =
    [
        "config.json", "generation_config.json", "preprocessor_config.json", "processor_config.json",
        "tokenizer.json", "tokenizer_config.json", "chat_template.jinja", "chat_template.json",
    ];

    private readonly Lazy<WeightStore> _weights;
    private readonly Lazy<string> _revision;

    private Checkpoint(string directory)
    {
        Directory = directory;
        Config = Read("config.json") ?? throw new CheckpointException(
            $"{directory}: config.json is missing; a checkpoint folder holds config.json, tokenizer.json and model.safetensors.");
        Generation = GenerationDefaults.From(Read("generation_config.json"), Config);
        Processor = Read("processor_config.json");
        Preprocessor = Read("preprocessor_config.json") ?? Processor?.OptionalSection("image_processor");
        TokenizerConfig = Read("tokenizer_config.json");
        ChatTemplate = ReadChatTemplate();
        SpecialTokens = ReadSpecialTokens();
        _weights = new Lazy<WeightStore>(() => WeightStore.Open(Directory));
        _revision = new Lazy<string>(ComputeRevision);
    }

    public string Directory { get; }

    /// <summary><c>model_type</c> of config.json: it picks the family.</summary>
    public string ModelType => Config.String("model_type");

    /// <summary>config.json</summary>
    public ConfigSection Config { get; }

    /// <summary>generation_config.json over config.json</summary>
    public GenerationDefaults Generation { get; }

    /// <summary>processor_config.json, null without one.</summary>
    public ConfigSection? Processor { get; }

    /// <summary>Picture settings: preprocessor_config.json, or <c>image_processor</c> of processor_config.json; null without either.</summary>
    public ConfigSection? Preprocessor { get; }

    /// <summary>tokenizer_config.json, null without one.</summary>
    public ConfigSection? TokenizerConfig { get; }

    /// <summary>The chat template, from chat_template.jinja, chat_template.json or tokenizer_config.json; null without one.</summary>
    public string? ChatTemplate { get; }

    /// <summary><c>bos_token</c>, <c>eos_token</c> and the like of tokenizer_config.json: what a chat template knows by these names.</summary>
    public IReadOnlyDictionary<string, string> SpecialTokens { get; }

    /// <summary>Bytes of tokenizer.json.</summary>
    /// <exception cref="CheckpointException">There is none.</exception>
    public ReadOnlyMemory<byte> TokenizerJson =>
        ReadBytes("tokenizer.json") ?? throw new CheckpointException($"{Directory}: tokenizer.json is missing.");

    /// <summary>Every tensor of the folder.</summary>
    /// <exception cref="CheckpointException">There are no weights, or their files are broken.</exception>
    public WeightStore Weights => _weights.Value;

    /// <summary>Digest of every file that decides what the model answers, as 32 hexadecimal digits. The first call reads all weights.</summary>
    public string Revision => _revision.Value;

    /// <exception cref="CheckpointException">The folder is missing, or its config.json is.</exception>
    public static Checkpoint Open(string directory) =>
        System.IO.Directory.Exists(directory)
            ? new Checkpoint(directory)
            : throw new CheckpointException($"{directory}: there is no such folder; give the folder of a checkpoint, with config.json, tokenizer.json and model.safetensors.");

    public void Dispose()
    {
        if (_weights.IsValueCreated)
            _weights.Value.Dispose();
    }

    private string? ReadChatTemplate()
    {
        if (ReadBytes("chat_template.jinja") is { } jinja)
            return Encoding.UTF8.GetString(jinja.Span);
        return ChatTemplateOf(Read("chat_template.json")) ?? ChatTemplateOf(TokenizerConfig);
    }

    /// <summary>A text, or a list of templates with names, of which <c>default</c> is meant.</summary>
    private static string? ChatTemplateOf(ConfigSection? section)
    {
        if (section is null || !section.Json.TryGetProperty("chat_template", out var template) || template.ValueKind != JsonValueKind.Array)
            return section?.OptionalString("chat_template");
        string? found = null;
        foreach (var item in template.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object
                || !item.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String
                || !item.TryGetProperty("template", out var text) || text.ValueKind != JsonValueKind.String)
                throw section.Invalid("chat_template", "a text, or a list of objects with name and template");
            if (name.ValueEquals("default"))
                found = text.GetString();
        }
        return found;
    }

    private Dictionary<string, string> ReadSpecialTokens()
    {
        var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in TokenizerConfig?.Json.EnumerateObject().Where(property => property.Name.EndsWith("_token", StringComparison.Ordinal)) ?? [])
            if (TokenText(property.Value) is { } text)
                tokens[property.Name] = text;
        return tokens;
    }

    /// <summary>A token is written as a string, or as an object with how it is matched.</summary>
    private static string? TokenText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Object when value.TryGetProperty("content", out var content) => TokenText(content),
        _ => null,
    };

    private ConfigSection? Read(string name) =>
        ReadBytes(name) is { } bytes ? ConfigSection.Parse(bytes, Path.Combine(Directory, name)) : null;

    private ReadOnlyMemory<byte>? ReadBytes(string name)
    {
        var path = Path.Combine(Directory, name);
        return File.Exists(path) ? (ReadOnlyMemory<byte>?)CheckpointFiles.Read(path) : null;
    }

    private string ComputeRevision()
    {
        var digest = new XxHash128();
        foreach (var name in SettingFiles.Concat(WeightStore.FileNames(Directory)))
        {
            var path = Path.Combine(Directory, name);
            if (!File.Exists(path))
                continue;
            digest.Append(Encoding.UTF8.GetBytes(name));
            CheckpointFiles.Append(digest, path);
        }
        return Convert.ToHexStringLower(digest.GetCurrentHash());
    }
}
