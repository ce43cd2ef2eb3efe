using System.Text;

namespace Troupe.Models.Text;

/// <summary>Bytes of tokens to text; bytes that may still become a character are held, those that cannot become U+FFFD as in the whole decode.</summary>
internal sealed class Utf8Detokenizer(ITokenizer tokenizer, bool skipSpecialTokens) : IStreamingDetokenizer
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    public string Append(int id) => skipSpecialTokens && tokenizer.IsSpecial(id) ? "" : Decode(tokenizer.Bytes(id), flush: false);

    public string Flush() => Decode([], flush: true);

    private string Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        Span<char> characters = stackalloc char[256];
        var needed = _decoder.GetCharCount(bytes, flush);
        if (needed > characters.Length)
            characters = new char[needed];
        return new string(characters[.._decoder.GetChars(bytes, characters, flush)]);
    }
}
