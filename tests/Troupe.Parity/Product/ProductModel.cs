using Troupe.Models.Checkpoints;
using Troupe.Models.Families;
using Troupe.Models.Text;

namespace Troupe.Parity.Product;

/// <summary>A checkpoint as the product loads it, in each precision once, when first asked for.</summary>
public sealed class ProductModel : IDisposable
{
    private readonly Checkpoint? _checkpoint;
    private readonly Lazy<IPromptBuilder> _prompts;

    private ProductModel(Checkpoint? checkpoint, string device)
    {
        _checkpoint = checkpoint;
        _prompts = new Lazy<IPromptBuilder>(() => ModelFamilies.For(Checkpoint).CreatePromptBuilder(Checkpoint));
        Float32 = new ProductRun(() => Checkpoint, device, "f32");
        BFloat16 = new ProductRun(() => Checkpoint, device, "bf16");
    }

    public Checkpoint Checkpoint => _checkpoint ?? throw new InvalidDataException("The folder holds no checkpoint; give one with --model.");

    public IPromptBuilder Prompts => _prompts.Value;

    public ITokenizer Tokenizer => Prompts.Tokenizer;

    public ProductRun Float32 { get; }

    public ProductRun BFloat16 { get; }

    public static ProductModel Open(string? directory, string device = "cpu") => new(directory is null ? null : Checkpoint.Open(directory), device);

    public void Dispose()
    {
        Float32.Dispose();
        BFloat16.Dispose();
        _checkpoint?.Dispose();
    }
}
