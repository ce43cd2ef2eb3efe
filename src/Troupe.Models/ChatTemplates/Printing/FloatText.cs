using System.Globalization;
using System.Numerics;

namespace Troupe.Models.ChatTemplates.Printing;

/// <summary>Floats as Python writes them.</summary>
internal static class FloatText
{
    /// <summary>Most digits after the point that are asked for in one number.</summary>
    public const int MaxPrecision = 1000;

    /// <summary>Python's <c>repr</c>: the shortest digits that read back the same.</summary>
    public static string Repr(double value)
    {
        if (!double.IsFinite(value))
            return NotFinite(value);
        var (digits, exponent) = Shortest(Math.Abs(value));
        var text = exponent is >= -4 and < 16 ? Positional(digits, exponent, minimumFraction: 1) : Scientific(digits, exponent, "e");
        return double.IsNegative(value) ? "-" + text : text;
    }

    public static string NotFinite(double value) => double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

    /// <summary>Digits of the magnitude rounded half to even at a number of places after the point, as <c>f</c> formats.</summary>
    public static string Fixed(double magnitude, int places)
    {
        var scaled = Scaled(magnitude, places).ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return places == 0 ? scaled : scaled[..^places] + "." + scaled[^places..];
    }

    /// <summary>A number of significant digits and the exponent of the first, as <c>e</c> and <c>g</c> need.</summary>
    public static (string Digits, int Exponent) Significant(double magnitude, int count)
    {
        if (magnitude == 0)
            return (new string('0', count), 0);
        var exponent = Shortest(magnitude).Exponent;
        var digits = Scaled(magnitude, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
        if (digits.Length < count)                              // the shortest digits had been rounded up to the next power of ten
            digits = Scaled(magnitude, count - 1 - --exponent).ToString(CultureInfo.InvariantCulture);
        if (digits.Length > count)
            exponent++;
        return (digits[..count], exponent);
    }

    /// <summary>The shortest digits of a magnitude, without zeros at the end, and the exponent of the first.</summary>
    public static (string Digits, int Exponent) Shortest(double magnitude)
    {
        if (magnitude == 0)
            return ("0", 0);
        var parts = magnitude.ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var significant = all.TrimStart('0');
        var exponent = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0)
            + (point < 0 ? all.Length : point) - 1 - (all.Length - significant.Length);
        var digits = significant.TrimEnd('0');
        return (digits, exponent);
    }

    /// <summary>Digits with a point, and at least a number of digits after it.</summary>
    public static string Positional(string digits, int exponent, int minimumFraction)
    {
        if (exponent < 0)
            return "0." + new string('0', -exponent - 1) + digits;
        var whole = digits.PadRight(exponent + 1, '0');
        var fraction = whole[(exponent + 1)..].PadRight(minimumFraction, '0');
        return whole[..(exponent + 1)] + (fraction.Length > 0 ? "." + fraction : "");
    }

    public static string Scientific(string digits, int exponent, string letter)
    {
        var mantissa = digits.Length > 1 ? digits[..1] + "." + digits[1..] : digits;
        return $"{mantissa}{letter}{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    /// <summary>magnitude * 10^places, rounded half to even from its exact binary value.</summary>
    public static BigInteger Scaled(double magnitude, int places)
    {
        var bits = BitConverter.DoubleToInt64Bits(magnitude);
        var power = (int)((bits >> 52) & 0x7ff);
        var mantissa = (BigInteger)(bits & ((1L << 52) - 1));
        if (power == 0)
            power = 1;
        else
            mantissa += BigInteger.One << 52;
        power -= 1075;                                          // magnitude = mantissa * 2^power
        var numerator = mantissa * BigInteger.Pow(10, Math.Max(places, 0)) * (BigInteger.One << Math.Max(power, 0));
        var denominator = BigInteger.Pow(10, Math.Max(-places, 0)) * (BigInteger.One << Math.Max(-power, 0));
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        var half = (rest * 2).CompareTo(denominator);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}
