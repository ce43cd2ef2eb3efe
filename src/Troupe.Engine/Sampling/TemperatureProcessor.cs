using System.Numerics.Tensors;

namespace Troupe.Engine.Sampling;

internal sealed class TemperatureProcessor(float temperature) : ILogitsProcessor
{
    public void Apply(Span<float> logits, TokenHistory history, SamplingScratch scratch)
    {
        // The reference divides the logits as they are, which rounds; only where that overflows are they counted from the largest.
        var largest = Softmax.Largest(logits);
        if (!float.IsFinite(largest / temperature))
            TensorPrimitives.Subtract(logits, largest, logits);
        TensorPrimitives.Divide(logits, temperature, logits);
    }
}
