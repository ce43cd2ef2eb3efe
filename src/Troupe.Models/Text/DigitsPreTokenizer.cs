using System.Globalization;

namespace Troupe.Models.Text;

/// <summary>Cuts at digits: every character of the Unicode categories N*, each alone or in runs.</summary>
internal sealed class DigitsPreTokenizer(bool individual) : IPreTokenizer
{
    public void Split(ReadOnlySpan<char> text, TextSpan piece, List<TextSpan> pieces)
    {
        var start = piece.Start;
        for (var i = piece.Start + 1; i < piece.End; i++)
        {
            var digit = IsNumeric(text[i]);
            if (digit != IsNumeric(text[i - 1]) || (digit && individual))
            {
                pieces.Add(new TextSpan(start, i));
                start = i;
            }
        }
        if (start < piece.End)
            pieces.Add(new TextSpan(start, piece.End));
    }

    private static bool IsNumeric(char character) => char.IsAscii(character)
        ? char.IsAsciiDigit(character)
        : char.GetUnicodeCategory(character) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
