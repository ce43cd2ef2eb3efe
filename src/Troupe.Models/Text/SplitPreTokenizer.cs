using System.Text.RegularExpressions;

namespace Troupe.Models.Text;

/// <summary>What becomes of the text that a pattern matches.</summary>
internal enum SplitBehavior
{
    Removed,
    Isolated,
    MergedWithPrevious,
    MergedWithNext,
    Contiguous,
}

/// <summary>Cuts where a regular expression matches.</summary>
internal sealed class SplitPreTokenizer : IPreTokenizer
{
    private readonly Regex _pattern;
    private readonly SplitBehavior _behavior;
    private readonly bool _invert;

    /// <exception cref="UnsupportedTokenizerException">The pattern uses something that .NET's expressions do not have.</exception>
    public SplitPreTokenizer(string pattern, SplitBehavior behavior, bool invert)
    {
        try
        {
            _pattern = new Regex(pattern, RegexOptions.Compiled | RegexOptions.CultureInvariant);
        }
        catch (ArgumentException e)
        {
            throw new UnsupportedTokenizerException($"The Split pattern '{pattern}' is not supported: {e.Message}");
        }
        (_behavior, _invert) = (behavior, invert);
    }

    public IEnumerable<string> Split(string piece)
    {
        var shadow = new CodePointShadow(piece);
        return Join(Parts(shadow.Text)).Select(part => piece[shadow.Index(part.Start)..shadow.Index(part.End)]);
    }

    /// <summary>Matches and the text between them, in order; <c>Match</c> tells which are which.</summary>
    private List<(int Start, int End, bool Match)> Parts(string text)
    {
        var parts = new List<(int, int, bool)>();
        var rest = 0;
        foreach (var match in _pattern.EnumerateMatches(text))
        {
            if (match.Index > rest)
                parts.Add((rest, match.Index, _invert));
            if (match.Length > 0)
                parts.Add((match.Index, match.Index + match.Length, !_invert));
            rest = match.Index + match.Length;
        }
        if (rest < text.Length)
            parts.Add((rest, text.Length, _invert));
        return parts;
    }

    private List<(int Start, int End)> Join(List<(int Start, int End, bool Match)> parts)
    {
        var joined = new List<(int Start, int End)>();
        var previousMatched = false;
        for (var i = 0; i < parts.Count; i++)
        {
            var (start, end, match) = parts[i];
            var append = _behavior switch
            {
                SplitBehavior.MergedWithPrevious => match && !previousMatched && joined.Count > 0,
                SplitBehavior.Contiguous => joined.Count > 0 && match == previousMatched,
                _ => false,
            };
            if (_behavior == SplitBehavior.MergedWithNext && match && i + 1 < parts.Count && !parts[i + 1].Match)
            {
                joined.Add((start, parts[++i].End));
                previousMatched = false;
                continue;
            }
            if (append)
                joined[^1] = (joined[^1].Start, end);
            else if (!(match && _behavior == SplitBehavior.Removed))
                joined.Add((start, end));
            previousMatched = match;
        }
        return joined;
    }
}
