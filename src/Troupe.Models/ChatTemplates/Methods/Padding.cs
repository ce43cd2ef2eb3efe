using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Methods;

/// <summary>Fills strings up to a width.</summary>
internal static class Padding
{
    public static StringValue Center(StringValue text, int width, StringValue fill, Budget budget)
    {
        var missing = Math.Max(0, width - text.CodePointCount);
        return Pad(text, (missing / 2) + (missing & width & 1), missing - (missing / 2) - (missing & width & 1), fill, budget);
    }

    public static StringValue Left(StringValue text, int width, StringValue fill, Budget budget) =>
        Pad(text, 0, width - text.CodePointCount, fill, budget);

    public static StringValue Right(StringValue text, int width, StringValue fill, Budget budget) =>
        Pad(text, width - text.CodePointCount, 0, fill, budget);

    /// <summary>A number of spaces; none for a negative one.</summary>
    public static StringValue Spaces(int count, Budget budget)
    {
        var builder = new TextBuilder(budget);
        builder.Append(' ', count, fromCaller: false);
        return builder.ToValue();
    }

    /// <summary>Zeros between the sign and the rest.</summary>
    public static StringValue Zeros(StringValue text, int width, Budget budget)
    {
        var sign = text.Text.Length > 0 && text.Text[0] is '+' or '-' ? 1 : 0;
        var builder = new TextBuilder(budget);
        builder.Append(text, 0, sign);
        builder.Append('0', width - text.CodePointCount, fromCaller: false);
        builder.Append(text, sign, text.Text.Length);
        return builder.ToValue(text.IsMarkup);
    }

    private static StringValue Pad(StringValue text, int before, int after, StringValue fill, Budget budget)
    {
        if (fill.CodePointCount != 1)
            throw new EvaluationException("The fill character must be exactly one character long");
        var builder = new TextBuilder(budget);
        for (var i = 0; i < before; i++)
            builder.Append(fill);
        builder.Append(text);
        for (var i = 0; i < after; i++)
            builder.Append(fill);
        return builder.ToValue(text.IsMarkup);
    }
}
