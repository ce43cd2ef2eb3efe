using System.Numerics.Tensors;

namespace Troupe.Engine.Sampling;

internal static class Softmax
{
    /// <summary>The largest logit.</summary>
    /// <exception cref="InvalidLogitsException">A logit is NaN or plus infinity, or none is left.</exception>
    public static float Largest(ReadOnlySpan<float> logits)
    {
        var largest = TensorPrimitives.Max(logits); // NaN if any is NaN
        if (float.IsFinite(largest))
            return largest;

        if (float.IsNegativeInfinity(largest))
            throw new InvalidLogitsException("No token is left to draw: every logit is minus infinity after the sampling rules.");

        var id = logits.IndexOf(largest);
        throw new InvalidLogitsException($"The logit of token {id} is {(float.IsNaN(largest) ? "NaN" : "plus infinity")}: no distribution can be made of it.");
    }

    /// <summary>exp(logit - largest) for every token, and their sum in double precision.</summary>
    public static double Weights(ReadOnlySpan<float> logits, Span<float> weights)
    {
        TensorPrimitives.Subtract(logits, Largest(logits), weights);
        TensorPrimitives.Exp(weights, weights);
        var sum = 0.0;
        foreach (var weight in weights)
            sum += weight;
        return sum;
    }

    /// <summary>Probabilities of the logits; an excluded token has exactly 0.</summary>
    public static void Probabilities(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        var sum = Weights(logits, probabilities);
        TensorPrimitives.Divide(probabilities, (float)sum, probabilities);
    }
}
