namespace Troupe.Models.ChatTemplates.Lexing;

/// <summary>How far number literals reach.</summary>
internal static class NumberLiteral
{
    /// <summary>Length of the float at a position, which begins with a digit; 0 where there is none.</summary>
    public static int FloatLength(string source, int start)
    {
        var at = Digits(source, start);
        var isFloat = At(source, at) == '.' && char.IsAsciiDigit(At(source, at + 1));
        if (isFloat)
            at = Digits(source, at + 1);
        if (At(source, at) is 'e' or 'E')
        {
            var exponent = at + (At(source, at + 1) is '+' or '-' ? 2 : 1);
            if (char.IsAsciiDigit(At(source, exponent)))
                (at, isFloat) = (Digits(source, exponent), true);
        }
        return isFloat ? at - start : 0;
    }

    /// <summary>Length of the whole number at a position, which begins with a digit.</summary>
    public static int IntegerLength(string source, int start)
    {
        Func<char, bool>? isDigit = char.ToLowerInvariant(At(source, start + 1)) switch
        {
            'b' => digit => digit is '0' or '1',
            'o' => digit => digit is >= '0' and <= '7',
            'x' => char.IsAsciiHexDigit,
            _ => null,
        };
        if (source[start] != '0')
            return Run(source, start, char.IsAsciiDigit) - start;
        var prefixed = isDigit is null ? start + 2 : Run(source, start + 2, isDigit);
        return (prefixed > start + 2 ? prefixed : Run(source, start, digit => digit == '0')) - start;
    }

    private static char At(string source, int at) => at < source.Length ? source[at] : '\0';

    private static int Digits(string source, int at) => Run(source, at, char.IsAsciiDigit);

    /// <summary>The end of a run of digits with single underscores before some of them.</summary>
    private static int Run(string source, int at, Func<char, bool> isDigit)
    {
        while (isDigit(At(source, at)) || (At(source, at) == '_' && isDigit(At(source, at + 1))))
            at++;
        return at;
    }
}
