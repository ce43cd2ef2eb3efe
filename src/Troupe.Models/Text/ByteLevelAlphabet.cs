using System.Text;

namespace Troupe.Models.Text;

/// <summary>GPT-2's printable stand-ins for the 256 bytes: byte-level vocabularies are written in them.</summary>
internal static class ByteLevelAlphabet
{
    private static readonly char[] Characters = Build();
    private static readonly Dictionary<char, byte> Values = Characters.Select((c, value) => (c, (byte)value)).ToDictionary(p => p.c, p => p.Item2);

    public static char Character(byte value) => Characters[value];

    /// <summary>The bytes that a token stands for: its own UTF-8 when it is not written in the alphabet (an added token).</summary>
    public static byte[] Bytes(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
            if (!Values.TryGetValue(token[i], out bytes[i]))
                return Encoding.UTF8.GetBytes(token);
        return bytes;
    }

    private static char[] Build()
    {
        var characters = new char[256];
        var next = 256;
        for (var value = 0; value < 256; value++)
            characters[value] = value is >= '!' and <= '~' or >= 0xa1 and <= 0xac or >= 0xae ? (char)value : (char)next++;
        return characters;
    }
}
