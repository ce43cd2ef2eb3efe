using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Semantics;

namespace Troupe.Models.ChatTemplates.Printing;

/// <summary>Python's format specification: <c>[[fill]align][sign][#][0][width][grouping][.precision][type]</c>.</summary>
internal sealed record FormatSpec
{
    public string Fill { get; init; } = " ";

    /// <summary>One of &lt; &gt; ^ =; null for the type's own.</summary>
    public char? Align { get; init; }

    /// <summary>Whether a zero before the width asks for zeros; between sign and digits where no alignment is given.</summary>
    public bool PadsAfterSign { get; init; }

    /// <summary>+, space or -.</summary>
    public char Sign { get; init; } = '-';

    public bool Alternate { get; init; }

    public int Width { get; init; }

    /// <summary>, or _; null for none.</summary>
    public char? Grouping { get; init; }

    public int? Precision { get; init; }

    public char? Type { get; init; }

    public static FormatSpec Parse(string text)
    {
        var spec = new FormatSpec();
        var at = 0;
        var width = text.Length > 0 ? CodePoints.Width(text, 0) : 0;
        var hasFill = width > 0 && width < text.Length && text[width] is '<' or '>' or '^' or '=';
        if (hasFill)
            (spec, at) = (spec with { Fill = text[..width], Align = text[width] }, width + 1);
        else if (text.Length > 0 && text[0] is '<' or '>' or '^' or '=')
            (spec, at) = (spec with { Align = text[0] }, 1);
        if (at < text.Length && text[at] is '+' or '-' or ' ')
            spec = spec with { Sign = text[at++] };
        if (at < text.Length && text[at] == '#')
            (spec, at) = (spec with { Alternate = true }, at + 1);
        if (at < text.Length && text[at] == '0')
            (spec, at) = (spec with { Fill = hasFill ? spec.Fill : "0", PadsAfterSign = !hasFill }, at + 1);
        spec = spec with { Width = Number(text, ref at) ?? 0 };
        if (at < text.Length && text[at] is ',' or '_')
            spec = spec with { Grouping = text[at++] };
        if (at < text.Length && text[at] == '.')
        {
            at++;
            spec = spec with { Precision = Number(text, ref at) ?? throw new EvaluationException("Format specifier missing precision") };
        }
        if (at < text.Length)
            spec = spec with { Type = text[at++] };
        return at == text.Length ? spec : throw new EvaluationException($"Invalid format specifier '{Excerpt.Of(text)}'");
    }

    private static int? Number(string text, ref int at)
    {
        var start = at;
        var number = 0;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
            number = number <= 100_000_000 ? (number * 10) + (text[at] - '0') : throw new EvaluationException("Too many decimal digits in format string");
        return at > start ? number : null;
    }
}
