using System.Globalization;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Printing;

/// <summary>Python's <c>strftime</c> of a local time without a zone, in the C locale, with the flags of the GNU C library.</summary>
internal static class TimeFormat
{
    private static readonly DateTimeFormatInfo Words = CultureInfo.InvariantCulture.DateTimeFormat;

    public static StringValue Format(DateTimeOffset time, StringValue format, Budget budget)
    {
        var builder = new TextBuilder(budget);
        var text = format.Text;
        budget.Write(4L * text.Length);
        for (var at = 0; at < text.Length;)
        {
            var percent = text.IndexOf('%', at);
            builder.Append(format, at, percent < 0 ? text.Length : percent);
            if (percent < 0)
                break;
            var code = percent + 1;
            while (code < text.Length && text[code] is '-' or '_' or '0' or '^' or '#')
                code++;
            at = Math.Min(code + 1, text.Length);
            var flags = text.AsSpan(percent + 1, Math.Min(code, text.Length) - percent - 1);
            if (code < text.Length && Field(time.DateTime, text[code]) is { } field)
                builder.Append(Flagged(field, flags), format.IsCaller(percent, at));
            else
                builder.Append(format, percent, at);
        }
        return builder.ToValue();
    }

    // A number's zeros go with a minus and turn into spaces with an underscore.
    private static string Flagged(string field, ReadOnlySpan<char> flags)
    {
        foreach (var flag in flags)
        {
            var bare = field.TrimStart('0', ' ') is { Length: > 0 } rest ? rest : "0";
            var isNumber = field.Length <= 4 && field.AsSpan().Trim(' ').IndexOfAnyExceptInRange('0', '9') < 0 && field.Length > 0;
            field = flag switch
            {
                '-' when isNumber => bare,
                '_' when isNumber => bare.PadLeft(field.Length),
                '0' when isNumber => bare.PadLeft(field.Length, '0'),
                '^' => field.ToUpperInvariant(),
                '#' => field.Any(char.IsAsciiLetterLower) ? field.ToUpperInvariant() : field.ToLowerInvariant(),
                _ => field,
            };
        }
        return field;
    }

    private static string? Field(DateTime time, char code) => code switch
    {
        'a' => Words.GetAbbreviatedDayName(time.DayOfWeek),
        'A' => Words.GetDayName(time.DayOfWeek),
        'b' or 'h' => Words.GetAbbreviatedMonthName(time.Month),
        'B' => Words.GetMonthName(time.Month),
        'c' => time.ToString("ddd MMM ", CultureInfo.InvariantCulture) + Padded(time.Day) + time.ToString(" HH:mm:ss yyyy", CultureInfo.InvariantCulture),
        'C' => Digits(time.Year / 100, 2),
        'd' => Digits(time.Day, 2),
        'D' or 'x' => time.ToString("MM'/'dd'/'yy", CultureInfo.InvariantCulture),
        'e' => Padded(time.Day),
        'f' => Digits((int)(time.Ticks % TimeSpan.TicksPerSecond / 10), 6),
        'F' => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        'g' => Digits(ISOWeek.GetYear(time) % 100, 2),
        'G' => Digits(ISOWeek.GetYear(time), 4),
        'H' => Digits(time.Hour, 2),
        'I' => Digits(Twelve(time), 2),
        'j' => Digits(time.DayOfYear, 3),
        'k' => Padded(time.Hour),
        'l' => Padded(Twelve(time)),
        'm' => Digits(time.Month, 2),
        'M' => Digits(time.Minute, 2),
        'n' => "\n",
        'p' => time.Hour < 12 ? "AM" : "PM",
        'P' => time.Hour < 12 ? "am" : "pm",
        'r' => $"{Digits(Twelve(time), 2)}:{time:mm:ss} {(time.Hour < 12 ? "AM" : "PM")}",
        'R' => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        'S' => Digits(time.Second, 2),
        't' => "\t",
        'T' or 'X' => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        'u' => Digits(Monday(time) + 1, 1),
        'U' => Digits((time.DayOfYear + 6 - (int)time.DayOfWeek) / 7, 2),
        'V' => Digits(ISOWeek.GetWeekOfYear(time), 2),
        'w' => Digits((int)time.DayOfWeek, 1),
        'W' => Digits((time.DayOfYear + 6 - Monday(time)) / 7, 2),
        'y' => Digits(time.Year % 100, 2),
        'Y' => time.Year.ToString(CultureInfo.InvariantCulture),
        'z' or 'Z' => "",
        '%' => "%",
        _ => null,
    };

    private static string Digits(int number, int width) => number.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');

    private static string Padded(int number) => number.ToString(CultureInfo.InvariantCulture).PadLeft(2);

    private static int Twelve(DateTime time) => ((time.Hour + 11) % 12) + 1;

    private static int Monday(DateTime time) => ((int)time.DayOfWeek + 6) % 7;
}
