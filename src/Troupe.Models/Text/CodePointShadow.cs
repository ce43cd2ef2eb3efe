using System.Globalization;

namespace Troupe.Models.Text;

/// <summary>
/// A text with one UTF-16 unit for each code point. .NET's expressions see the two halves of a character outside the basic plane as no
/// letter at all; here a character of the same category stands in its place, so that a pattern judges it as the reference does. Half a
/// character alone counts as U+FFFD, which it becomes in UTF-8.
/// </summary>
internal readonly ref struct CodePointShadow
{
    /// <summary>The stand-ins: a pattern must not name one of them.</summary>
    public const string StandIns = "\u00c0\u00e0\u01c5\u02b0\u05d0\u0300\u0903\u0488\u0660\u2160\u00b2\u203f\u2010\u2045\u2046\u00ab\u00bb\u00a1\u00b1\u00a2\u00a8\u00a9\u00ad\ue000\u0378";

    private readonly int[]? _starts;

    public CodePointShadow(ReadOnlySpan<char> text)
    {
        Text = text;
        if (!text.ContainsAnyInRange('\ud800', '\udfff'))
            return;
        var shadow = new char[text.Length];
        _starts = new int[text.Length + 1];
        var length = 0;
        for (var i = 0; i < text.Length; i++, length++)
        {
            _starts[length] = i;
            if (!char.IsSurrogate(text[i]))
                shadow[length] = text[i];
            else if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                shadow[length] = StandIn(CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(text[i], text[++i])));
            else
                shadow[length] = '\ufffd';
        }
        _starts[length] = text.Length;
        Text = shadow.AsSpan(0, length);
    }

    public ReadOnlySpan<char> Text { get; }

    /// <summary>The span of the original that a span of <see cref="Text"/> stands for.</summary>
    public TextSpan Original(TextSpan shadow) => _starts is null ? shadow : new TextSpan(_starts[shadow.Start], _starts[shadow.End]);

    private static char StandIn(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => '\u00c0',
        UnicodeCategory.LowercaseLetter => '\u00e0',
        UnicodeCategory.TitlecaseLetter => '\u01c5',
        UnicodeCategory.ModifierLetter => '\u02b0',
        UnicodeCategory.OtherLetter => '\u05d0',
        UnicodeCategory.NonSpacingMark => '\u0300',
        UnicodeCategory.SpacingCombiningMark => '\u0903',
        UnicodeCategory.EnclosingMark => '\u0488',
        UnicodeCategory.DecimalDigitNumber => '\u0660',
        UnicodeCategory.LetterNumber => '\u2160',
        UnicodeCategory.OtherNumber => '\u00b2',
        UnicodeCategory.ConnectorPunctuation => '\u203f',
        UnicodeCategory.DashPunctuation => '\u2010',
        UnicodeCategory.OpenPunctuation => '\u2045',
        UnicodeCategory.ClosePunctuation => '\u2046',
        UnicodeCategory.InitialQuotePunctuation => '\u00ab',
        UnicodeCategory.FinalQuotePunctuation => '\u00bb',
        UnicodeCategory.OtherPunctuation => '\u00a1',
        UnicodeCategory.MathSymbol => '\u00b1',
        UnicodeCategory.CurrencySymbol => '\u00a2',
        UnicodeCategory.ModifierSymbol => '\u00a8',
        UnicodeCategory.OtherSymbol => '\u00a9',
        UnicodeCategory.Format => '\u00ad',
        UnicodeCategory.PrivateUse => '\ue000',
        _ => '\u0378',
    };
}
