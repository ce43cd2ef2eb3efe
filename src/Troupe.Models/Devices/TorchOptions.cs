using System.Globalization;

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

    /// <summary>Threads of one forward pass on the CPU, at least 1; null leaves libtorch's choice.</summary>
    public int? Threads { get; init; }

    /// <summary>Number of the CUDA device that is asked for; null for the CPU and what may be either.</summary>
    /// <exception cref="ArgumentException">An option has a value outside its list.</exception>
    internal int? Check()
    {
        if (DType is not ("auto" or "bf16" or "f16" or "f32"))
            throw new ArgumentException($"Troupe:Torch:DType is '{DType}'; it must be auto, bf16, f16 or f32.");
        if (Threads is < 1)
            throw new ArgumentException($"Troupe:Torch:Threads is {Threads}; it must be 1 or more, or left out for libtorch's own choice.");
        if (Device is "auto" or "cpu" or "meta")
            return null;
        if (Device == "cuda")
            return 0;
        return Device.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(Device.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : throw new ArgumentException($"Troupe:Torch:Device is '{Device}'; it must be auto, cpu or cuda:N.");
    }
}
