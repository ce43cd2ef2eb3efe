using System.Text.RegularExpressions;

namespace Troupe.Models.Text;

/// <summary>Cuts where a regular expression matches.</summary>
internal sealed class SplitPreTokenizer(Regex pattern, SplitBehavior behavior, bool invert) : IPreTokenizer
{
    private readonly record struct Part(int Start, int End, bool Match);

    public void Split(ReadOnlySpan<char> text, TextSpan piece, List<TextSpan> pieces)
    {
        if (behavior == SplitBehavior.Isolated)
            Isolate(text, piece, pieces);
        else
            Join(Parts(text, piece), pieces);
    }

    private void Isolate(ReadOnlySpan<char> text, TextSpan piece, List<TextSpan> pieces)
    {
        var rest = piece.Start;
        foreach (var match in pattern.EnumerateMatches(text[piece.Start..piece.End]))
        {
            var start = piece.Start + match.Index;
            if (start > rest)
                pieces.Add(new TextSpan(rest, start));
            rest = start + match.Length;
            if (match.Length > 0)
                pieces.Add(new TextSpan(start, rest));
        }
        if (rest < piece.End)
            pieces.Add(new TextSpan(rest, piece.End));
    }

    /// <summary>Matches and the text between them, in order.</summary>
    private List<Part> Parts(ReadOnlySpan<char> text, TextSpan piece)
    {
        var parts = new List<Part>();
        var rest = piece.Start;
        foreach (var match in pattern.EnumerateMatches(text[piece.Start..piece.End]))
        {
            var (start, end) = (piece.Start + match.Index, piece.Start + match.Index + match.Length);
            if (start == end && start == rest && parts.Count > 0)
                continue;                                       // the reference finds no empty match where another ended
            if (start > rest)
                parts.Add(new Part(rest, start, invert));
            parts.Add(new Part(start, end, !invert));
            rest = end;
        }
        if (rest < piece.End)
            parts.Add(new Part(rest, piece.End, invert));
        return parts;
    }

    private void Join(List<Part> parts, List<TextSpan> pieces)
    {
        var first = pieces.Count;
        var previousMatched = false;
        for (var i = 0; i < parts.Count; i++)
        {
            var (start, end, match) = parts[i];
            var joins = behavior switch
            {
                SplitBehavior.MergedWithPrevious => match && !previousMatched,
                SplitBehavior.MergedWithNext => !match && previousMatched,
                SplitBehavior.Contiguous => match == previousMatched,
                _ => false,
            };
            if (joins && pieces.Count > first)
                pieces[^1] = new TextSpan(pieces[^1].Start, end);
            else if (!(match && behavior == SplitBehavior.Removed))
                pieces.Add(new TextSpan(start, end));
            previousMatched = match;
        }
        var kept = first;
        for (var i = first; i < pieces.Count; i++)
            if (pieces[i].Start < pieces[i].End)
                pieces[kept++] = pieces[i];
        pieces.RemoveRange(kept, pieces.Count - kept);
    }
}
