using System.Buffers;
using System.Text;

namespace Troupe.Models.Text;

/// <summary>Byte-level byte-pair encoding (Radford et al., 2019), as GPT-2, Llama 3, SmolLM and many others use it.</summary>
internal sealed class ByteLevelTokenizer : ITokenizer
{
    private readonly IReadOnlyList<IPreTokenizer> _cuts;
    private readonly ByteLevelPreTokenizer _byteLevel;
    private readonly TemplateProcessor _postProcessor;
    private readonly WordEncoder _words;
    private readonly AddedTokenMatcher _early, _late;
    private readonly Dictionary<string, int> _ids;
    private readonly byte[]?[] _bytes;
    private readonly HashSet<int> _special, _reserved;

    /// <param name="model">Vocabulary and merges.</param>
    /// <param name="added">Added tokens.</param>
    /// <param name="cuts">The cuts before <paramref name="byteLevel"/>, each applied to the pieces of the one before.</param>
    /// <param name="byteLevel">The last cut.</param>
    /// <param name="postProcessor">Start and end tokens.</param>
    /// <param name="placeholders">Added tokens never matched in caller text besides the special ones.</param>
    public ByteLevelTokenizer(
        BytePairModel model,
        IReadOnlyList<AddedToken> added,
        IReadOnlyList<IPreTokenizer> cuts,
        ByteLevelPreTokenizer byteLevel,
        TemplateProcessor postProcessor,
        IReadOnlySet<string> placeholders)
    {
        (_cuts, _byteLevel, _postProcessor) = (cuts, byteLevel, postProcessor);
        _special = [.. added.Where(token => token.Special).Select(token => token.Id)];
        _reserved = [.. added.Where(token => token.Special || placeholders.Contains(token.Content)).Select(token => token.Id)];
        _words = new WordEncoder(model, _reserved);
        _early = new AddedTokenMatcher(added.Where(token => !token.Normalized));
        _late = new AddedTokenMatcher(added.Where(token => token.Normalized));
        _ids = new Dictionary<string, int>(model.Vocabulary, StringComparer.Ordinal);
        foreach (var token in added)
            _ids[token.Content] = token.Id;
        VocabularySize = _ids.Values.Max() + 1;
        _bytes = new byte[VocabularySize][];
        foreach (var (token, id) in _ids)
            _bytes[id] = ByteLevelAlphabet.Bytes(token);
    }

    public int VocabularySize { get; }

    public int[] Encode(string text, bool addSpecialTokens) => _postProcessor.Single(Ids(text, null), addSpecialTokens);

    public int[] Encode(string first, string second, bool addSpecialTokens) => _postProcessor.Pair(Ids(first, null), Ids(second, null), addSpecialTokens);

    public int[] Encode(ProvenanceText text) => Ids(text.Text, (token, span) => !_reserved.Contains(token.Id) || text.IsOutsideCaller(span.Start, span.End));

    public bool TryGetId(string token, out int id) => _ids.TryGetValue(token, out id);

    public bool IsSpecial(int id) => _special.Contains(id);

    public ReadOnlySpan<byte> Bytes(int id) => (uint)id < (uint)_bytes.Length ? _bytes[id] : default;

    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens)
    {
        var bytes = new ArrayBufferWriter<byte>(Math.Max(1, ids.Length * 4));
        foreach (var id in ids)
            if (!(skipSpecialTokens && IsSpecial(id)))
                bytes.Write(Bytes(id));
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    public IStreamingDetokenizer CreateDetokenizer(bool skipSpecialTokens) => new Utf8Detokenizer(this, skipSpecialTokens);

    /// <param name="allowed">Whether an added token may stand at a span; given where the text holds caller text.</param>
    private int[] Ids(string text, Func<AddedToken, TextSpan, bool>? allowed)
    {
        var ids = new List<int>(text.Length / 3 + 4);
        foreach (var piece in _early.Split(text, 0, text.Length, allowed))
        {
            if (piece.Token is { } token)
            {
                ids.Add(token.Id);
                continue;
            }
            foreach (var inner in _late.Split(text, piece.Start, piece.End, allowed))
            {
                if (inner.Token is { } normalized)
                    ids.Add(normalized.Id);
                else
                    EncodeBetween(text.AsSpan(inner.Start, inner.End - inner.Start), allowed is not null, ids);
            }
        }
        return [.. ids];
    }

    private void EncodeBetween(ReadOnlySpan<char> text, bool guarded, List<int> ids)
    {
        var shadow = new CodePointShadow(text);
        List<TextSpan> pieces = [new TextSpan(0, shadow.Text.Length)], next = [];
        foreach (var cut in _cuts)
        {
            foreach (var piece in pieces)
                cut.Split(shadow.Text, piece, next);
            (pieces, next) = (next, pieces);
            next.Clear();
        }
        foreach (var piece in pieces)
        {
            if (_byteLevel.WantsSpace(shadow.Text, piece))
                EncodePiece(string.Concat(" ", Slice(text, shadow.Original(piece))), guarded, ids);
            else
                EncodePiece(text, shadow, piece, next, guarded, ids);
        }
    }

    private void EncodePiece(ReadOnlySpan<char> text, bool guarded, List<int> ids)
    {
        var shadow = new CodePointShadow(text);
        EncodePiece(text, shadow, new TextSpan(0, shadow.Text.Length), [], guarded, ids);
    }

    private void EncodePiece(ReadOnlySpan<char> text, CodePointShadow shadow, TextSpan piece, List<TextSpan> words, bool guarded, List<int> ids)
    {
        words.Clear();
        _byteLevel.Split(shadow.Text, piece, words);
        foreach (var word in words)
            _words.Encode(Slice(text, shadow.Original(word)), guarded, ids);
    }

    private static ReadOnlySpan<char> Slice(ReadOnlySpan<char> text, TextSpan span) => text[span.Start..span.End];
}
