using System.Globalization;
using System.Text;

namespace Troupe.Models.Text;

/// <summary>
/// What the reference's <c>\w</c> takes for a letter of a word (Unicode Technical Standard 18, Annex C): alphabetic characters, marks,
/// decimal digits, connectors and the two joiners.
/// </summary>
internal static class WordCharacter
{
    public static bool Is(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation => true,
        // Symbols with the property Other_Alphabetic: letters in circles and squares.
        UnicodeCategory.OtherSymbol => rune.Value is >= 0x24b6 and <= 0x24e9 or >= 0x1f130 and <= 0x1f149 or >= 0x1f150 and <= 0x1f169 or >= 0x1f170 and <= 0x1f189,
        UnicodeCategory.Format => rune.Value is 0x200c or 0x200d,
        _ => false,
    };
}
