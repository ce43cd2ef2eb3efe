using TorchSharp;
using static TorchSharp.torch;

namespace Troupe.Models.Operations.Torch;

/// <summary>
/// Operations with a number. TorchSharp turns a number into a Scalar that frees its native part when it is collected, and hands that part to
/// libtorch without keeping the Scalar alive: a collection in between leaves libtorch with freed memory. Here it lives until the call is over.
/// </summary>
internal static class TorchScalars
{
    public static Tensor Times(this Tensor x, double value)
    {
        using Scalar scalar = value;
        return x.mul(scalar);
    }

    public static Tensor Plus(this Tensor x, double value)
    {
        using Scalar scalar = value;
        return x.add(scalar);
    }

    /// <summary>x with <paramref name="value"/> where the mask is true.</summary>
    public static Tensor Masked(this Tensor x, Tensor mask, double value)
    {
        using Scalar scalar = value;
        return x.masked_fill(mask, scalar);
    }
}
