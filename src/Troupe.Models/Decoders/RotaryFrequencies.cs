namespace Troupe.Models.Decoders;

/// <summary>Inverse frequencies of rotary position embedding, one for each pair of a head, and the factor on cosines and sines.</summary>
/// <param name="Inverse">(headDim / 2), in float32</param>
/// <param name="Scale">Attention factor of yarn and longrope; 1 for the others.</param>
public sealed record RotaryFrequencies(float[] Inverse, float Scale)
{
    /// <summary>The frequencies of a checkpoint's <c>rope_parameters</c> (or <c>rope_theta</c> and <c>rope_scaling</c>).</summary>
    /// <exception cref="NotSupportedException">A rope type that is not among default, linear and llama3.</exception>
    public static RotaryFrequencies From(RopeParameters rope, int headDim)
    {
        var inverse = Plain(rope.Theta, headDim);
        return rope.Type switch
        {
            "default" => new RotaryFrequencies(inverse, 1),
            "linear" => new RotaryFrequencies([.. inverse.Select(f => f / (float)rope.Factor)], 1),
            "llama3" => new RotaryFrequencies([.. inverse.Select(f => Llama3(f, rope))], 1),
            _ => throw new NotSupportedException($"rope type '{rope.Type}' is not supported; supported are default, linear and llama3."),
        };
    }

    /// <summary>1 / theta^(2i / headDim)</summary>
    private static float[] Plain(double theta, int headDim)
    {
        var inverse = new float[headDim / 2];
        for (var i = 0; i < inverse.Length; i++)
            inverse[i] = 1f / (float)Math.Pow(theta, (float)(2 * i) / headDim);
        return inverse;
    }

    /// <summary>Long waves are stretched by the factor, short ones kept, those between blended (Llama 3.1).</summary>
    private static float Llama3(float frequency, RopeParameters rope)
    {
        var wavelength = 2 * Math.PI / frequency;
        if (wavelength > rope.OriginalMaxPositions / rope.LowFreqFactor)
            return (float)(frequency / rope.Factor);
        if (wavelength < rope.OriginalMaxPositions / rope.HighFreqFactor)
            return frequency;
        var smooth = (rope.OriginalMaxPositions / wavelength - rope.LowFreqFactor) / (rope.HighFreqFactor - rope.LowFreqFactor);
        return (float)((1 - smooth) * frequency / rope.Factor + smooth * frequency);
    }
}
