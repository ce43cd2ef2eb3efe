using System.Globalization;

namespace Troupe.Models.Text;

/// <summary>
/// A text with one UTF-16 unit for each code point. .NET's expressions see the two halves of a character outside the basic plane as no
/// letter at all; here a character of the same category stands in its place, so that a pattern judges it as the reference does.
/// </summary>
internal readonly struct CodePointShadow
{
    private readonly int[]? _starts;

    public CodePointShadow(string text)
    {
        Text = text;
        if (!text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
            return;
        var shadow = new char[text.Length];
        _starts = new int[text.Length + 1];
        var length = 0;
        for (var i = 0; i < text.Length; i++, length++)
        {
            _starts[length] = i;
            var wide = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            shadow[length] = wide ? StandIn(CharUnicodeInfo.GetUnicodeCategory(text, i)) : text[i];
            i += wide ? 1 : 0;
        }
        _starts[length] = text.Length;
        Text = new string(shadow, 0, length);
    }

    public string Text { get; }

    /// <summary>Where the character at an index of <see cref="Text"/> begins in the original.</summary>
    public int Index(int shadow) => _starts is null ? shadow : _starts[shadow];

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
