namespace Troupe.Models.Text;

/// <summary>Cuts a text into pieces that are merged on their own.</summary>
internal interface IPreTokenizer
{
    /// <summary>The pieces of one piece, in order; text between them is dropped.</summary>
    IEnumerable<string> Split(string piece);
}

/// <summary>Several cuts, each applied to the pieces of the one before.</summary>
internal sealed class SequencePreTokenizer(IReadOnlyList<IPreTokenizer> steps) : IPreTokenizer
{
    public IEnumerable<string> Split(string piece) =>
        steps.Aggregate((IEnumerable<string>)[piece], (pieces, step) => pieces.SelectMany(step.Split));
}

/// <summary>Cuts at digits: every character of the Unicode categories N*, each alone or in runs.</summary>
internal sealed class DigitsPreTokenizer(bool individual) : IPreTokenizer
{
    private readonly SplitPreTokenizer _split = new(individual ? @"\p{N}" : @"\p{N}+", SplitBehavior.Isolated, invert: false);

    public IEnumerable<string> Split(string piece) => _split.Split(piece);
}

/// <summary>GPT-2's cut. The mapping of bytes to letters is the tokenizer's own business.</summary>
internal sealed class ByteLevelPreTokenizer(bool addPrefixSpace, bool useRegex) : IPreTokenizer
{
    private const string Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    private readonly SplitPreTokenizer _split = new(Pattern, SplitBehavior.Isolated, invert: false);

    public IEnumerable<string> Split(string piece)
    {
        if (addPrefixSpace && !piece.StartsWith(' '))
            piece = " " + piece;
        return useRegex ? _split.Split(piece) : [piece];
    }
}
