using System.Globalization;

namespace Troupe.Parity.Reports;

/// <summary>One comparison.</summary>
/// <param name="Name">Of the tensor or fact.</param>
/// <param name="MaxError">Largest absolute difference, of numbers.</param>
/// <param name="Problem">What is off; null when it holds.</param>
/// <param name="IsTensor">Whether it was a recorded tensor.</param>
public sealed record Check(string Name, Precision Precision, double? MaxError, string? Problem, bool IsTensor)
{
    public bool Holds => Problem is null;

    public override string ToString()
    {
        var error = MaxError is { } max ? max.ToString("0.0e+00", CultureInfo.InvariantCulture) : "-";
        return $"{Name,-28} {Precision.ToString().ToLowerInvariant(),-9} {error,-8} {(Holds ? "ok" : $"OFF: {Problem}")}";
    }
}
