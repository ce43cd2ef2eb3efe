namespace Troupe.Models.Devices;

/// <summary>Where and how tensors are computed: the section <c>Troupe:Torch</c>.</summary>
public sealed record TorchOptions
{
    /// <summary><c>auto</c> (CUDA if it is there, else the CPU), <c>cpu</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary><c>auto</c> (as stored, but bf16 becomes f16 on CUDA devices below compute capability 8.0), <c>bf16</c>, <c>f16</c> or <c>f32</c>.</summary>
    public string DType { get; init; } = "auto";

    /// <summary>A folder with the libraries of an own libtorch, used instead of the one that came with the build.</summary>
    public string? NativePath { get; init; }

    /// <summary>Threads of one forward pass on the CPU; null leaves libtorch's choice.</summary>
    public int? Threads { get; init; }
}
