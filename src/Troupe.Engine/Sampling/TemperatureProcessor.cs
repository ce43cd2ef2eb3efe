using System.Numerics.Tensors;

namespace Troupe.Engine.Sampling;

/// <summary>Divides by the temperature, counted from the largest logit: the distribution is the same and a tiny temperature cannot overflow.</summary>
internal sealed class TemperatureProcessor(float temperature) : ILogitsProcessor
{
    public void Apply(Span<float> logits, TokenHistory history, SamplingScratch scratch)
    {
        TensorPrimitives.Subtract(logits, Softmax.Largest(logits), logits);
        TensorPrimitives.Divide(logits, temperature, logits);
    }
}
