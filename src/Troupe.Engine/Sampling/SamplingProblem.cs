namespace Troupe.Engine.Sampling;

/// <summary>A sampling parameter that is refused.</summary>
/// <param name="Field">The parameter's name in requests.</param>
/// <param name="Value">What was given.</param>
/// <param name="Limit">What is allowed.</param>
/// <param name="Remedy">What to do instead.</param>
public sealed record SamplingProblem(string Field, string Value, string Limit, string Remedy)
{
    public override string ToString() => $"{Field} is {Value}; it must be {Limit}. {Remedy}";
}
