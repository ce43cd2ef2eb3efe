namespace Troupe.Models.Vision.Resizing;

/// <summary>
/// For each output position of one axis: the run of input positions it is made of and their weights in fixed point
/// (<see cref="PrecisionBits"/> fraction bits), rounded as Pillow rounds them.
/// </summary>
internal sealed class ResampleWeights
{
    /// <summary>32 bits hold 8 bits of pixel, 2 bits for weights that overshoot, and the fraction.</summary>
    public const int PrecisionBits = 32 - 8 - 2;

    /// <summary>What a sum starts from, so that shifting it down rounds to nearest.</summary>
    public const int Half = 1 << (PrecisionBits - 1);

    private readonly int[] _starts, _counts, _weights;
    private readonly int _stride;

    public ResampleWeights(int input, int output, ResampleFilter filter)
    {
        var kernel = FilterKernel.Of(filter);
        var scale = (double)input / output;
        var stretch = Math.Max(scale, 1); // a reduced picture widens the filter
        var support = kernel.Support * stretch;
        var inverse = 1 / stretch;
        _stride = (int)Math.Ceiling(support) * 2 + 1;
        (_starts, _counts, _weights) = (new int[output], new int[output], new int[output * _stride]);

        var exact = new double[_stride];
        for (var i = 0; i < output; i++)
        {
            var center = (i + 0.5) * scale;
            var start = Math.Max((int)(center - support + 0.5), 0);
            var count = Math.Min((int)(center + support + 0.5), input) - start;
            var sum = 0.0;
            for (var t = 0; t < count; t++)
                sum += exact[t] = kernel.Weight((t + start - center + 0.5) * inverse);
            for (var t = 0; t < count; t++)
                _weights[i * _stride + t] = Fixed(sum != 0 ? exact[t] / sum : exact[t]);
            (_starts[i], _counts[i]) = (start, count);
        }
    }

    public int Start(int output) => _starts[output];

    public ReadOnlySpan<int> Of(int output) => _weights.AsSpan(output * _stride, _counts[output]);

    private static int Fixed(double weight) => (int)(weight * (1 << PrecisionBits) + (weight < 0 ? -0.5 : 0.5));
}
