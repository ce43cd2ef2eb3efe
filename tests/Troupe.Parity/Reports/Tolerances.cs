using System.Text.Json;

namespace Troupe.Parity.Reports;

/// <summary>A difference up to <c>Absolute + Relative * |expected|</c> holds.</summary>
public readonly record struct Tolerance(double Absolute, double Relative)
{
    public double At(double expected) => Absolute + Relative * Math.Abs(expected);
}

/// <summary>The tolerances of a folder: what expected.json suggests, else those of the reference set.</summary>
public sealed record Tolerances(Tolerance Float32, Tolerance BFloat16)
{
    /// <summary>A thousandth of an 8-bit step.</summary>
    private static readonly Tolerance Pixel = new(1e-5, 0);

    public Tolerance this[Precision precision] => precision switch
    {
        Precision.Float32 => Float32,
        Precision.BFloat16 => BFloat16,
        Precision.Pixel => Pixel,
        _ => default,
    };

    public static Tolerances From(JsonElement? suggested)
    {
        var usual = new Tolerances(new(1e-4, 1e-4), new(0.25, 0.05));
        if (suggested is not { } json)
            return usual;
        if (json.TryGetProperty("atol", out _))
            return usual with { Float32 = Read(json) };
        return new Tolerances(
            json.TryGetProperty("float32", out var single) ? Read(single) : usual.Float32,
            json.TryGetProperty("bfloat16", out var half) ? Read(half) : usual.BFloat16);
    }

    private static Tolerance Read(JsonElement json) => new(json.GetProperty("atol").GetDouble(), json.GetProperty("rtol").GetDouble());
}
