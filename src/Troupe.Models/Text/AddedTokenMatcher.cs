using System.Buffers;
using System.Text;

namespace Troupe.Models.Text;

/// <summary>Finds added tokens, leftmost, then longest, walking a trie of their characters.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly Dictionary<(int Node, char Next), int> _edges = [];
    private readonly List<AddedToken?> _ends = [null];
    private readonly SearchValues<char> _first;

    public AddedTokenMatcher(IEnumerable<AddedToken> tokens)
    {
        var first = new HashSet<char>();
        foreach (var token in tokens)
        {
            first.Add(token.Content[0]);
            var node = 0;
            foreach (var character in token.Content)
                node = Descend(node, character);
            _ends[node] = token;
        }
        _first = SearchValues.Create([.. first]);
    }

    /// <summary>A piece of the text: an added token, or text between them when <paramref name="Token"/> is null.</summary>
    public readonly record struct Piece(int Start, int End, AddedToken? Token);

    /// <summary>Cuts [start, end) of a text as if there were nothing around it.</summary>
    /// <param name="allowed">Whether a token may stand at a span; null allows all. Where one may not, shorter ones are tried.</param>
    public IEnumerable<Piece> Split(string text, int start, int end, Func<AddedToken, TextSpan, bool>? allowed)
    {
        var rest = start;
        for (var at = start; at < end;)
        {
            var skip = text.AsSpan(at, end - at).IndexOfAny(_first);
            if (skip < 0)
                break;
            at += skip;
            if (Match(text, at, end, allowed) is not { } token)
            {
                at++;
                continue;
            }
            var (from, to) = (at, at + token.Content.Length);
            at = to;
            // A single word inside another is passed over as a whole: what it covers is not tried again.
            if (token.SingleWord && (EndsWithWord(text.AsSpan(start, from - start)) || StartsWithWord(text.AsSpan(to, end - to))))
                continue;
            while (token.LeftStrip && from > rest && char.IsWhiteSpace(text[from - 1]))
                from--;
            while (token.RightStrip && to < end && char.IsWhiteSpace(text[to]))
                to++;
            if (from > rest)
                yield return new Piece(rest, from, null);
            yield return new Piece(from, to, token);
            rest = to;
        }
        if (rest < end)
            yield return new Piece(rest, end, null);
    }

    private AddedToken? Match(string text, int at, int end, Func<AddedToken, TextSpan, bool>? allowed)
    {
        AddedToken? longest = null;
        for (int node = 0, i = at; i < end && _edges.TryGetValue((node, text[i]), out node); i++)
            if (_ends[node] is { } token && (allowed is null || allowed(token, new TextSpan(at, i + 1))))
                longest = token;
        return longest;
    }

    private int Descend(int node, char character)
    {
        if (!_edges.TryGetValue((node, character), out var next))
        {
            _edges[(node, character)] = next = _ends.Count;
            _ends.Add(null);
        }
        return next;
    }

    private static bool EndsWithWord(ReadOnlySpan<char> text) =>
        Rune.DecodeLastFromUtf16(text, out var rune, out _) == OperationStatus.Done && WordCharacter.Is(rune);

    private static bool StartsWithWord(ReadOnlySpan<char> text) =>
        Rune.DecodeFromUtf16(text, out var rune, out _) == OperationStatus.Done && WordCharacter.Is(rune);
}
