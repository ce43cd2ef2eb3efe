using System.Globalization;

namespace Troupe.Models.ChatTemplates.Semantics;

/// <summary>Classes of characters as Python's string methods know them.</summary>
internal static class PythonCharacters
{
    /// <summary>Ideographs that are numbers (kPrimaryNumeric and its kin of Unihan).</summary>
    private const string Numerals = "㐅㒃㠪㭍一七万三九二五亖亿什仟仨伍佰億兆兩八六十千卄卅卌叁参參叄四壱壹幺廾廿弌弍弎弐拾捌柒漆玖百肆萬貮貳贰阡陆陌陸零";

    /// <summary>White space: that of Unicode and the four separators of ASCII.</summary>
    public static bool IsSpace(int character) =>
        character is (>= '\t' and <= '\r') or (>= 0x1c and <= ' ') or 0x85 or 0xa0 || (character > 0xff && character < 0x10000 && char.IsWhiteSpace((char)character));

    /// <summary>Where <c>splitlines</c> cuts, <c>\r\n</c> apart.</summary>
    public static bool IsLineEnd(char character) => character is (>= '\n' and <= '\r') or (>= '\x1c' and <= '\x1e') or '\x85' or '\u2028' or '\u2029';

    public static bool IsPrintable(int character) => character == ' ' || Category(character) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    public static bool IsAlpha(int character) => Category(character) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
        or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter;

    public static bool IsDecimal(int character) => Category(character) == UnicodeCategory.DecimalDigitNumber;

    public static bool IsDigit(int character) => CharUnicodeInfo.GetDigitValue(CodePoints.Text(character), 0) >= 0;

    public static bool IsNumeric(int character) =>
        CharUnicodeInfo.GetNumericValue(CodePoints.Text(character), 0) is not -1 || (character < 0x10000 && Numerals.Contains((char)character));

    public static bool IsAlphanumeric(int character) => IsAlpha(character) || IsDecimal(character) || IsDigit(character) || IsNumeric(character);

    public static bool IsUpper(int character) => Category(character) == UnicodeCategory.UppercaseLetter
        || character is (>= 0x2160 and <= 0x216f) or (>= 0x24b6 and <= 0x24cf) or (>= 0x1f130 and <= 0x1f149) or (>= 0x1f150 and <= 0x1f169)
            or (>= 0x1f170 and <= 0x1f189);

    public static bool IsLower(int character) => Category(character) == UnicodeCategory.LowercaseLetter
        || character is 0xaa or 0xba or (>= 0x2b0 and <= 0x2b8) or (>= 0x2c0 and <= 0x2c1) or (>= 0x2e0 and <= 0x2e4) or 0x345 or 0x37a
            or (>= 0x1d2c and <= 0x1d6a) or 0x1d78 or (>= 0x1d9b and <= 0x1dbf) or 0x2071 or 0x207f or (>= 0x2090 and <= 0x209c)
            or (>= 0x2170 and <= 0x217f) or (>= 0x24d0 and <= 0x24e9) or 0x2c7c or 0x2c7d or 0xa69c or 0xa69d or 0xa770 or 0xa7f8 or 0xa7f9
            or (>= 0xab5c and <= 0xab5f) or 0x10780 or (>= 0x10783 and <= 0x10785) or (>= 0x10787 and <= 0x107b0) or (>= 0x107b2 and <= 0x107ba);

    public static bool IsTitle(int character) => Category(character) == UnicodeCategory.TitlecaseLetter;

    /// <summary>A character of a word, as <c>\w</c> matches it.</summary>
    public static bool IsWord(int character) => character == '_' || IsAlphanumeric(character);

    public static UnicodeCategory Category(int character) => CharUnicodeInfo.GetUnicodeCategory(character);
}
