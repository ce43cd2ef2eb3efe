using System.Globalization;
using System.Text;
using Troupe.Models.ChatTemplates.Semantics;

namespace Troupe.Models.ChatTemplates.Lexing;

/// <summary>The escapes of string literals: Python's.</summary>
internal static class StringLiteral
{
    public static string Unescape(ReadOnlySpan<char> body, int line)
    {
        if (!body.Contains('\\'))
            return body.ToString();
        var text = new StringBuilder(body.Length);
        for (var at = 0; at < body.Length;)
        {
            if (body[at] == '\\' && at + 1 < body.Length)
                at += Escape(body[(at + 1)..], text, line) + 1;
            else
                text.Append(body[at++]);
        }
        return text.ToString();
    }

    /// <summary>Writes what an escape stands for; gives its length without the backslash.</summary>
    private static int Escape(ReadOnlySpan<char> escape, StringBuilder text, int line)
    {
        switch (escape[0])
        {
            case '\n':
                return 1;
            case '\\' or '\'' or '"':
                text.Append(escape[0]);
                return 1;
            case 'x':
                return Hex(escape, 2, text, line);
            case 'u':
                return Hex(escape, 4, text, line);
            case 'U':
                return Hex(escape, 8, text, line);
            case 'N':
                throw new SyntaxException("characters by name (\\N{...}) are not supported; write \\u and the code instead", line);
            case >= '0' and <= '7':
                var digits = 1;
                while (digits < 3 && digits < escape.Length && escape[digits] is >= '0' and <= '7')
                    digits++;
                text.Append((char)Convert.ToInt32(escape[..digits].ToString(), 8));
                return digits;
            case var letter when "abfnrtv".IndexOf(letter, StringComparison.Ordinal) is var known and >= 0:
                text.Append("\a\b\f\n\r\t\v"[known]);
                return 1;
            case > '\x7f':
                // The reference writes such characters as escapes first, and the backslash before one then escapes another backslash.
                var character = CodePoints.Value(escape, 0);
                text.Append('\\').Append(character < 0x100 ? 'x' : character < 0x10000 ? 'u' : 'U')
                    .Append(character.ToString(character < 0x100 ? "x2" : character < 0x10000 ? "x4" : "x8", CultureInfo.InvariantCulture));
                return CodePoints.Width(escape, 0);
            default:
                text.Append('\\').Append(escape[0]);
                return 1;
        }
    }

    private static int Hex(ReadOnlySpan<char> escape, int digits, StringBuilder text, int line)
    {
        if (escape.Length <= digits || !uint.TryParse(escape.Slice(1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            throw new SyntaxException($"a string holds a truncated \\{escape[0]} escape: {digits} hexadecimal digits were expected", line);
        if (value > 0x10ffff)
            throw new SyntaxException($"a string holds an escape beyond the last character of Unicode: {value:x8}", line);
        text.Append(CodePoints.Text((int)value));
        return digits + 1;
    }
}
