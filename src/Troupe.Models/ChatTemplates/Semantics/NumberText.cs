using System.Globalization;
using System.Numerics;
using Troupe.Models.ChatTemplates.Evaluation;

namespace Troupe.Models.ChatTemplates.Semantics;

/// <summary>Numbers in text, as Python's <c>int</c> and <c>float</c> read them.</summary>
internal static class NumberText
{
    /// <summary>Above this many digits the reference refuses text as a whole number.</summary>
    private const int MaxDigits = 4300;

    /// <summary>A whole number; null where the text is none.</summary>
    public static BigInteger? Whole(string text, int radix, Budget budget)
    {
        if (radix is not (0 or (>= 2 and <= 36)))
            return null;
        var digits = Trim(text);
        var negative = digits.StartsWith('-');
        if (negative || digits.StartsWith('+'))
            digits = digits[1..];
        var prefix = digits.Length > 1 && digits[0] == '0' ? char.ToLowerInvariant(digits[1]) switch { 'b' => 2, 'o' => 8, 'x' => 16, _ => 0 } : 0;
        if (prefix > 0 && (radix == 0 || radix == prefix))
            (radix, digits) = (prefix, digits.Length > 2 && digits[2] == '_' ? digits[3..] : digits[2..]);
        else if (radix == 0)
        {
            if (digits.Length > 1 && digits[0] == '0' && digits.Trim('0', '_').Length > 0)
                return null;
            radix = 10;
        }
        if (digits.Length is 0 or > MaxDigits || !HasGoodUnderscores(digits, digit => Digit(digit) < 36))
            return null;
        budget.Write((long)digits.Length * digits.Length / 16); // reading digits takes quadratic time
        var value = BigInteger.Zero;
        foreach (var digit in digits)
        {
            if (digit == '_')
                continue;
            if (Digit(digit) >= radix)
                return null;
            value = (value * radix) + Digit(digit);
        }
        return NumberArithmetic.Bounded(negative ? -value : value, budget);
    }

    /// <summary>A float; null where the text is none.</summary>
    public static double? Real(string text)
    {
        var trimmed = Trim(text);
        var unsigned = trimmed.TrimStart('+', '-');
        if (trimmed.Length - unsigned.Length > 1)
            return null;
        var negative = trimmed.StartsWith('-');
        switch (unsigned.ToUpperInvariant())
        {
            case "INF" or "INFINITY":
                return negative ? double.NegativeInfinity : double.PositiveInfinity;
            case "NAN":
                return double.NaN;
        }
        bool IsPart(char c) => char.IsAsciiDigit(c) || c is '.' or 'e' or 'E' or '+' or '-' or '_';
        if (unsigned.Length == 0 || !unsigned.All(IsPart) || !HasGoodUnderscores(unsigned, char.IsAsciiDigit))
            return null;
        return double.TryParse(trimmed.Replace("_", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static string Trim(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && PythonCharacters.IsSpace(text[start]))
            start++;
        while (end > start && PythonCharacters.IsSpace(text[end - 1]))
            end--;
        return text[start..end];
    }

    private static bool HasGoodUnderscores(string digits, Func<char, bool> isDigit)
    {
        for (var i = 0; i < digits.Length; i++)
            if (digits[i] == '_' && (i == 0 || i == digits.Length - 1 || !isDigit(digits[i - 1]) || !isDigit(digits[i + 1])))
                return false;
        return true;
    }

    private static int Digit(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'a' and <= 'z' => digit - 'a' + 10,
        >= 'A' and <= 'Z' => digit - 'A' + 10,
        _ when char.IsDigit(digit) => (int)char.GetNumericValue(digit),
        _ => int.MaxValue,
    };
}
