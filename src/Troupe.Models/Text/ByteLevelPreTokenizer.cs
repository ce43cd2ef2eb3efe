using System.Text.RegularExpressions;

namespace Troupe.Models.Text;

/// <summary>GPT-2's cut (Radford et al., 2019), the last step before merging. The mapping of bytes to letters is the tokenizer's own business.</summary>
/// <param name="addPrefixSpace">Whether a piece that does not begin with a space gets one.</param>
/// <param name="useRegex">Whether pieces are cut at all.</param>
internal sealed partial class ByteLevelPreTokenizer(bool addPrefixSpace, bool useRegex) : IPreTokenizer
{
    private readonly SplitPreTokenizer? _split = useRegex ? new SplitPreTokenizer(Pattern(), SplitBehavior.Isolated, invert: false) : null;

    /// <summary>Whether this piece must be cut with a space before it.</summary>
    public bool WantsSpace(ReadOnlySpan<char> text, TextSpan piece) => addPrefixSpace && text[piece.Start] != ' ';

    public void Split(ReadOnlySpan<char> text, TextSpan piece, List<TextSpan> pieces)
    {
        if (_split is null)
            pieces.Add(piece);
        else
            _split.Split(text, piece, pieces);
    }

    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
