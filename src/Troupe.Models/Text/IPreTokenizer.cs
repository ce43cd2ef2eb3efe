namespace Troupe.Models.Text;

/// <summary>Cuts a text into pieces that are merged on their own.</summary>
internal interface IPreTokenizer
{
    /// <summary>Adds the pieces of one piece, in order; text between them is dropped.</summary>
    /// <param name="text">The whole text, one unit for each code point.</param>
    /// <param name="piece">The part of it to cut, as if there were nothing around it.</param>
    void Split(ReadOnlySpan<char> text, TextSpan piece, List<TextSpan> pieces);
}
