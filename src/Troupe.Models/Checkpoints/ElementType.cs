namespace Troupe.Models.Checkpoints;

/// <summary>How one element of a stored tensor is written; the names are those of the safetensors format.</summary>
public enum ElementType
{
    F64, F32, F16, BF16, I64, I32, I16, I8, U8, Bool,

    /// <summary>8-bit floats are kept as raw bytes.</summary>
    F8E4M3,
    F8E5M2,
}

public static class ElementTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.F64 or ElementType.I64 => 8,
        ElementType.F32 or ElementType.I32 => 4,
        ElementType.F16 or ElementType.BF16 or ElementType.I16 => 2,
        _ => 1,
    };
}
