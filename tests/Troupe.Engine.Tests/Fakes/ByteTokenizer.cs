using System.Text;
using Troupe.Models.Text;

namespace Troupe.Engine.Tests.Fakes;

/// <summary>A token is a byte; one more is the special end token.</summary>
internal sealed class ByteTokenizer : ITokenizer
{
    public const int End = 256;

    private static readonly byte[] s_bytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    public int VocabularySize => 257;

    public int[] Encode(string text, bool addSpecialTokens) => [.. Encoding.UTF8.GetBytes(text).Select(value => (int)value)];

    public int[] Encode(string text, string pair, bool addSpecialTokens) => throw new NotSupportedException();

    public int[] Encode(ProvenanceText text) => throw new NotSupportedException();

    public bool TryGetId(string token, out int id)
    {
        id = End;
        return token == "<end>";
    }

    public bool IsSpecial(int id) => id == End;

    public ReadOnlySpan<byte> Bytes(int id) => id == End ? "<end>"u8 : s_bytes.AsSpan(id, 1);

    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens)
    {
        var detokenizer = CreateDetokenizer(skipSpecialTokens);
        var text = new StringBuilder();
        foreach (var id in ids)
            text.Append(detokenizer.Append(id));
        return text.Append(detokenizer.Flush()).ToString();
    }

    public IStreamingDetokenizer CreateDetokenizer(bool skipSpecialTokens) => new Detokenizer(this, skipSpecialTokens);

    private sealed class Detokenizer(ByteTokenizer tokenizer, bool skipSpecialTokens) : IStreamingDetokenizer
    {
        private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

        public string Append(int id) => skipSpecialTokens && tokenizer.IsSpecial(id) ? "" : Decode(tokenizer.Bytes(id), flush: false);

        public string Flush() => Decode([], flush: true);

        private string Decode(ReadOnlySpan<byte> bytes, bool flush)
        {
            var characters = new char[_decoder.GetCharCount(bytes, flush)];
            _decoder.GetChars(bytes, characters, flush);
            return new(characters);
        }
    }
}
