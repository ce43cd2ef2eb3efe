namespace Troupe.Parity.Reports;

/// <summary>How a recorded value was computed, and so how closely it must be met.</summary>
public enum Precision
{
    /// <summary>Ids, texts, counts: no difference.</summary>
    Exact,

    Float32,

    BFloat16,

    /// <summary>Normalised pixels: the same 8-bit value, normalised in float32.</summary>
    Pixel,
}
