using System.Text;

namespace Troupe.Models.Text;

/// <summary>Byte-level byte-pair encoding (Radford et al., 2019), as GPT-2, Llama 3, SmolLM and many others use it.</summary>
internal sealed class ByteLevelTokenizer : ITokenizer
{
    private readonly Parts _parts;
    private readonly BytePairMerger _merger;
    private readonly int[] _byteIds = new int[256];
    private readonly byte[]?[] _bytes;
    private readonly Dictionary<int, AddedToken> _added;
    private readonly AddedTokenMatcher _early, _late;

    /// <param name="Vocabulary">Tokens in the byte-level alphabet to ids, added tokens not included.</param>
    /// <param name="Merges">Pairs of ids to rank and id of their union.</param>
    /// <param name="IgnoreMerges">Whether a piece that is a token as a whole is taken as it is.</param>
    /// <param name="Added">Added tokens.</param>
    /// <param name="PreTokenizer">The cut into pieces.</param>
    /// <param name="PostProcessor">Start and end tokens.</param>
    /// <param name="Protected">Ids never matched in caller text besides the special ones: media placeholders.</param>
    public sealed record Parts(
        Dictionary<string, int> Vocabulary,
        Dictionary<(int Left, int Right), (int Rank, int Id)> Merges,
        bool IgnoreMerges,
        IReadOnlyList<AddedToken> Added,
        IPreTokenizer PreTokenizer,
        TemplateProcessor PostProcessor,
        IReadOnlySet<string> Protected);

    public ByteLevelTokenizer(Parts parts)
    {
        _parts = parts;
        _merger = new BytePairMerger(parts.Merges);
        _added = parts.Added.ToDictionary(token => token.Id);
        _early = new AddedTokenMatcher(parts.Added.Where(token => !token.Normalized));
        _late = new AddedTokenMatcher(parts.Added.Where(token => token.Normalized));
        for (var value = 0; value < 256; value++)
            _byteIds[value] = parts.Vocabulary.GetValueOrDefault(ByteLevelAlphabet.Character((byte)value).ToString(), -1);
        VocabularySize = parts.Vocabulary.Values.Concat(_added.Keys).Max() + 1;
        _bytes = new byte[VocabularySize][];
        foreach (var (token, id) in parts.Vocabulary.Concat(parts.Added.Select(added => KeyValuePair.Create(added.Content, added.Id))))
            _bytes[id] = ByteLevelAlphabet.Bytes(token);
    }

    public int VocabularySize { get; }

    public int[] Encode(string text, bool addSpecialTokens) => _parts.PostProcessor.Single(Ids(text, (_, _, _) => true), addSpecialTokens);

    public int[] Encode(string first, string second, bool addSpecialTokens) =>
        _parts.PostProcessor.Pair(Ids(first, (_, _, _) => true), Ids(second, (_, _, _) => true), addSpecialTokens);

    public int[] Encode(ProvenanceText text) =>
        Ids(text.Text, (token, start, end) => !(token.Special || _parts.Protected.Contains(token.Content)) || text.IsOutsideCaller(start, end));

    public bool TryGetId(string token, out int id)
    {
        id = _parts.Added.FirstOrDefault(added => added.Content == token)?.Id ?? _parts.Vocabulary.GetValueOrDefault(token, -1);
        return id >= 0;
    }

    public bool IsSpecial(int id) => _added.TryGetValue(id, out var token) && token.Special;

    public ReadOnlySpan<byte> Bytes(int id) => (uint)id < (uint)_bytes.Length ? _bytes[id] : default;

    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens)
    {
        var bytes = new List<byte>(ids.Length * 4);
        foreach (var id in ids)
            if (!(skipSpecialTokens && IsSpecial(id)))
                bytes.AddRange(Bytes(id));
        return Encoding.UTF8.GetString([.. bytes]);
    }

    public IStreamingDetokenizer CreateDetokenizer(bool skipSpecialTokens) => new Utf8Detokenizer(this, skipSpecialTokens);

    private int[] Ids(string text, Func<AddedToken, int, int, bool> allowed)
    {
        var ids = new List<int>(text.Length / 3 + 4);
        foreach (var piece in _early.Split(text, 0, text.Length, allowed))
        {
            if (piece.Token is { } token)
                ids.Add(token.Id);
            else
                EncodeBetween(text, piece, allowed, ids);
        }
        return [.. ids];
    }

    private void EncodeBetween(string text, AddedTokenMatcher.Piece piece, Func<AddedToken, int, int, bool> allowed, List<int> ids)
    {
        foreach (var inner in _late.Split(text, piece.Start, piece.End, allowed))
        {
            if (inner.Token is { } token)
                ids.Add(token.Id);
            else
                foreach (var word in _parts.PreTokenizer.Split(text[inner.Start..inner.End]))
                    EncodeWord(word, ids);
        }
    }

    private void EncodeWord(string word, List<int> ids)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        if (_parts.IgnoreMerges && TryWhole(bytes, out var whole))
        {
            ids.Add(whole);
            return;
        }
        Span<int> symbols = bytes.Length <= 256 ? stackalloc int[bytes.Length] : new int[bytes.Length];
        var count = 0;
        foreach (var value in bytes)
            if (_byteIds[value] >= 0)
                symbols[count++] = _byteIds[value];              // a byte outside the vocabulary is dropped, as the reference does without an unknown token
        _merger.Merge(symbols[..count], ids);
    }

    private bool TryWhole(byte[] bytes, out int id)
    {
        var token = string.Create(bytes.Length, bytes, (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
                target[i] = ByteLevelAlphabet.Character(source[i]);
        });
        return _parts.Vocabulary.TryGetValue(token, out id) && !IsSpecial(id);
    }
}
