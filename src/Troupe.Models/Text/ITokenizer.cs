namespace Troupe.Models.Text;

/// <summary>Text to token ids and back, exactly as the checkpoint's tokenizer.json says. Safe for concurrent use.</summary>
public interface ITokenizer
{
    /// <summary>Number of ids, added tokens included.</summary>
    int VocabularySize { get; }

    /// <summary>Ids of a text whose special tokens count wherever they stand, as the reference has it.</summary>
    /// <param name="addSpecialTokens">Whether the post-processor adds its start and end tokens.</param>
    int[] Encode(string text, bool addSpecialTokens);

    /// <summary>Ids of two texts that belong together, as the post-processor joins them.</summary>
    int[] Encode(string first, string second, bool addSpecialTokens);

    /// <summary>Ids of a rendered prompt: no special token is matched inside or across a span that came from a caller. Nothing is added.</summary>
    int[] Encode(ProvenanceText text);

    /// <summary>The id of a token of the vocabulary or an added token.</summary>
    bool TryGetId(string token, out int id);

    /// <summary>Whether the id is an added token marked special: it is left out of answers.</summary>
    bool IsSpecial(int id);

    /// <summary>The bytes that the token stands for, before UTF-8 decoding.</summary>
    ReadOnlySpan<byte> Bytes(int id);

    /// <summary>The text of a run of ids; bytes that are not UTF-8 become U+FFFD.</summary>
    string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens);

    /// <summary>A decoder for a stream of ids, one per choice.</summary>
    IStreamingDetokenizer CreateDetokenizer(bool skipSpecialTokens);
}

/// <summary>Ids one by one to text, holding back what may still become part of a character. The concatenated pieces equal the whole decode.</summary>
public interface IStreamingDetokenizer
{
    /// <summary>The text that this id completes; empty while a character is incomplete.</summary>
    string Append(int id);

    /// <summary>The text still held at the end of the stream.</summary>
    string Flush();
}
