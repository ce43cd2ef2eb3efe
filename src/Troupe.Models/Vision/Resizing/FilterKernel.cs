namespace Troupe.Models.Vision.Resizing;

/// <summary>The shape of a filter: its weight at a distance from the centre, and the distance from which on it is zero.</summary>
internal sealed record FilterKernel(double Support, Func<double, double> Weight)
{
    /// <summary>Kernels as Pillow defines them; nearest has none, since it does not weigh.</summary>
    public static FilterKernel Of(ResampleFilter filter) => filter switch
    {
        ResampleFilter.Box => new(0.5, x => x is > -0.5 and <= 0.5 ? 1 : 0),
        ResampleFilter.Bilinear => new(1, x => Math.Max(0, 1 - Math.Abs(x))),
        ResampleFilter.Hamming => new(1, Hamming),
        ResampleFilter.Bicubic => new(2, Bicubic),
        ResampleFilter.Lanczos => new(3, x => x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0),
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "no kernel"),
    };

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);

    // The constants are single precision in Pillow.
    private static double Hamming(double x) =>
        x == 0 ? 1 : Math.Abs(x) >= 1 ? 0 : Sinc(Math.Abs(x)) * (0.54f + 0.46f * Math.Cos(Math.Abs(x) * Math.PI));

    private static double Bicubic(double x)
    {
        const double A = -0.5;
        x = Math.Abs(x);
        return x < 1 ? ((A + 2) * x - (A + 3)) * x * x + 1
            : x < 2 ? (((x - 5) * x + 8) * x - 4) * A
            : 0;
    }
}
