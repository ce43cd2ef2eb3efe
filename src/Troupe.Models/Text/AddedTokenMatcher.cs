using System.Text;

namespace Troupe.Models.Text;

/// <summary>Finds added tokens: leftmost, then longest.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly Dictionary<char, AddedToken[]> _byFirst;

    public AddedTokenMatcher(IEnumerable<AddedToken> tokens) =>
        _byFirst = tokens.Where(token => token.Content.Length > 0)
            .GroupBy(token => token.Content[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(token => token.Content.Length).ToArray());

    /// <summary>A piece of the text: an added token, or text between them when <paramref name="Token"/> is null.</summary>
    public readonly record struct Piece(int Start, int End, AddedToken? Token);

    /// <param name="text">The text.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="end">Where to end.</param>
    /// <param name="allowed">Whether a token may stand at [start, end).</param>
    public IEnumerable<Piece> Split(string text, int start, int end, Func<AddedToken, int, int, bool> allowed)
    {
        var rest = start;
        for (var i = start; i < end; i++)
        {
            if (Match(text, i, end, allowed) is not { } token)
                continue;
            var (from, to) = (i, i + token.Content.Length);
            while (token.LeftStrip && from > rest && char.IsWhiteSpace(text[from - 1]))
                from--;
            while (token.RightStrip && to < end && char.IsWhiteSpace(text[to]))
                to++;
            if (from > rest)
                yield return new Piece(rest, from, null);
            yield return new Piece(from, to, token);
            rest = to;
            i = to - 1;
        }
        if (rest < end)
            yield return new Piece(rest, end, null);
    }

    private AddedToken? Match(string text, int at, int end, Func<AddedToken, int, int, bool> allowed)
    {
        if (!_byFirst.TryGetValue(text[at], out var candidates))
            return null;
        foreach (var token in candidates)
        {
            var to = at + token.Content.Length;
            if (to <= end && string.CompareOrdinal(text, at, token.Content, 0, token.Content.Length) == 0
                && (!token.SingleWord || (!IsWordBefore(text, at) && !IsWordAfter(text, to))) && allowed(token, at, to))
                return token;
        }
        return null;
    }

    private static bool IsWordBefore(string text, int at) =>
        at > 0 && Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out var rune, out _) == System.Buffers.OperationStatus.Done && IsWord(rune);

    private static bool IsWordAfter(string text, int at) =>
        at < text.Length && Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out _) == System.Buffers.OperationStatus.Done && IsWord(rune);

    private static bool IsWord(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value == '_';
}
