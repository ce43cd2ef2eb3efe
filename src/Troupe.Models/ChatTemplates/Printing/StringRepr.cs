using System.Globalization;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Printing;

/// <summary>A string in quotes with escapes, as Python's <c>repr</c> writes it. The escape of a caller's character is the caller's.</summary>
internal static class StringRepr
{
    public static void Write(StringValue value, TextBuilder builder)
    {
        var text = value.Text;
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        builder.Append(quote, 1, fromCaller: false);
        var copied = 0;
        for (int at = 0, width; at < text.Length; at += width)
        {
            width = CodePoints.Width(text, at);
            if (Escape(CodePoints.Value(text, at), quote) is not { } escape)
                continue;
            builder.Append(value, copied, at);
            builder.Append(escape, value.IsCaller(at, at + width));
            copied = at + width;
        }
        builder.Append(value, copied, text.Length);
        builder.Append(quote, 1, fromCaller: false);
    }

    private static string? Escape(int character, char quote) => character switch
    {
        '\\' => @"\\",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        _ when character == quote => "\\" + quote,
        >= ' ' and < 0x7f => null,
        _ when PythonCharacters.IsPrintable(character) => null,
        < 0x100 => "\\x" + character.ToString("x2", CultureInfo.InvariantCulture),
        < 0x10000 => "\\u" + character.ToString("x4", CultureInfo.InvariantCulture),
        _ => "\\U" + character.ToString("x8", CultureInfo.InvariantCulture),
    };
}
