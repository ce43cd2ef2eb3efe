using System.Globalization;
using System.Numerics;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Printing;

/// <summary>Numbers by a format specification: sign, prefix and digits, before they are padded.</summary>
internal static class NumberFormat
{
    /// <summary>What a digit costs, in characters: exact rounding works on long numbers.</summary>
    public const int Work = 8;

    /// <summary>The sign with its prefix, and the digits.</summary>
    public static (string Sign, string Digits) Format(NumberValue number, FormatSpec spec)
    {
        if (spec.Precision > FloatText.MaxPrecision)
            throw new EvaluationException($"a precision of {spec.Precision} digits is asked for; {FloatText.MaxPrecision} is the limit.");
        return number.Whole is { } whole && spec.Type is null or 'b' or 'c' or 'd' or 'n' or 'o' or 'x' or 'X' ? Whole(whole, spec) : Real(number, spec);
    }

    /// <summary>The digits of a magnitude with a precision, as the types e, f, g and % write them.</summary>
    public static string Real(double magnitude, char type, int precision, bool alternate)
    {
        var upper = char.IsAsciiLetterUpper(type);
        if (!double.IsFinite(magnitude))
            return upper ? FloatText.NotFinite(magnitude).ToUpperInvariant() : FloatText.NotFinite(magnitude);
        switch (char.ToLowerInvariant(type))
        {
            case 'f':
                return FloatText.Fixed(magnitude, precision) + (alternate && precision == 0 ? "." : "");
            case 'e':
                var (digits, exponent) = FloatText.Significant(magnitude, precision + 1);
                return FloatText.Scientific(digits, exponent, upper ? "E" : "e");
            default:
                return General(magnitude, Math.Max(precision, 1), alternate, upper ? "E" : "e");
        }
    }

    private static string General(double magnitude, int precision, bool alternate, string letter)
    {
        var (digits, exponent) = FloatText.Significant(magnitude, precision);
        if (!alternate)
            digits = digits.TrimEnd('0') is { Length: > 0 } trimmed ? trimmed : "0";
        return exponent < -4 || exponent >= precision
            ? FloatText.Scientific(digits, exponent, letter)
            : FloatText.Positional(digits, exponent, minimumFraction: 0);
    }

    private static (string Sign, string Digits) Whole(BigInteger value, FormatSpec spec)
    {
        if (spec.Precision is not null)
            throw new EvaluationException("Precision not allowed in integer format specifier");
        var magnitude = BigInteger.Abs(value);
        var (prefix, digits) = spec.Type switch
        {
            'b' => ("0b", Radix(magnitude, 1)),
            'o' => ("0o", Radix(magnitude, 3)),
            'x' => ("0x", Radix(magnitude, 4)),
            'X' => ("0X", Radix(magnitude, 4).ToUpperInvariant()),
            'c' => ("", Character(value)),
            _ => ("", magnitude.ToString(CultureInfo.InvariantCulture)),
        };
        if (spec.Grouping is { } mark && spec.Type != 'c')
            digits = Group(digits, mark, spec.Type is 'b' or 'o' or 'x' or 'X' ? 4 : 3);
        return ((value.Sign < 0 ? "-" : Positive(spec)) + (spec.Alternate ? prefix : ""), digits);
    }

    private static (string Sign, string Digits) Real(NumberValue number, FormatSpec spec)
    {
        var value = number.Real;
        if (double.IsInfinity(value) && number.Whole is not null)
            throw new EvaluationException("int too large to convert to float");
        var magnitude = Math.Abs(value);
        var digits = (spec.Type, spec.Precision) switch
        {
            (null, null) => FloatText.Repr(magnitude),
            (null, { } precision) => Plain(magnitude, Math.Max(precision, 1)),
            ('e' or 'E' or 'f' or 'F' or 'g' or 'G', _) => Real(magnitude, spec.Type.Value, spec.Precision ?? 6, spec.Alternate),
            ('n', _) => Real(magnitude, 'g', spec.Precision ?? 6, spec.Alternate),
            ('%', _) => Real(magnitude * 100, 'f', spec.Precision ?? 6, spec.Alternate) + "%",
            _ => throw Unknown(spec, number),
        };
        if (spec.Grouping is { } mark && double.IsFinite(value))
        {
            var point = digits.AsSpan().IndexOfAnyExceptInRange('0', '9');
            digits = point < 0 ? Group(digits, mark, 3) : Group(digits[..point], mark, 3) + digits[point..];
        }
        return (double.IsNegative(value) ? "-" : Positive(spec), digits);
    }

    // Like g, but with a digit after the point, and an exponent one digit earlier.
    private static string Plain(double magnitude, int precision)
    {
        if (!double.IsFinite(magnitude))
            return FloatText.NotFinite(magnitude);
        var (digits, exponent) = FloatText.Significant(magnitude, precision);
        digits = digits.TrimEnd('0') is { Length: > 0 } trimmed ? trimmed : "0";
        return exponent < -4 || exponent >= precision - 1
            ? FloatText.Scientific(digits, exponent, "e")
            : FloatText.Positional(digits, exponent, minimumFraction: 1);
    }

    private static string Positive(FormatSpec spec) => spec.Sign switch { '+' => "+", ' ' => " ", _ => "" };

    private static string Radix(BigInteger magnitude, int bits)
    {
        var digits = new List<char>();
        do
        {
            digits.Add("0123456789abcdef"[(int)(magnitude & ((1 << bits) - 1))]);
            magnitude >>= bits;
        }
        while (!magnitude.IsZero);
        digits.Reverse();
        return new string([.. digits]);
    }

    private static string Character(BigInteger value) =>
        value.Sign >= 0 && value <= 0x10ffff ? CodePoints.Text((int)value) : throw new EvaluationException("%c arg not in range(0x110000)");

    private static string Group(string digits, char mark, int size)
    {
        var first = digits.Length % size;
        var groups = Enumerable.Range(0, digits.Length / size).Select(i => digits.Substring(first + (i * size), size));
        return string.Join(mark, first > 0 ? groups.Prepend(digits[..first]) : groups);
    }

    private static EvaluationException Unknown(FormatSpec spec, NumberValue number) =>
        new($"Unknown format code '{spec.Type}' for object of type '{number.TypeName}'");
}
