using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Troupe.Models.Text;

/// <summary>
/// The reference runs patterns on Oniguruma. Most of a pattern means the same to .NET; letters that ignore case are rewritten, and what
/// means something else, or could be misjudged by a <see cref="CodePointShadow"/>, is refused by its name.
/// </summary>
internal sealed class PatternDialect
{
    private static readonly string[] KnownGroups = ["(?:", "(?=", "(?!", "(?>", "(?<=", "(?<!", "(?i:", "(?-i:"];

    private readonly string _pattern;
    private readonly StringBuilder _rewritten = new();
    private readonly Stack<bool> _ignoresCase = new([false]);
    private int _at;
    private char _letterBefore;

    private PatternDialect(string pattern) => _pattern = pattern;

    /// <exception cref="UnsupportedTokenizerException">The pattern uses something that .NET's expressions do not have, or read in another way.</exception>
    public static Regex Compile(string pattern)
    {
        var dialect = new PatternDialect(pattern);
        dialect.Rewrite();
        try
        {
            return new Regex(dialect._rewritten.ToString(), RegexOptions.Compiled | RegexOptions.CultureInvariant);
        }
        catch (ArgumentException e)
        {
            throw new UnsupportedTokenizerException($"The Split pattern '{pattern}' is not supported: {e.Message}");
        }
    }

    private void Rewrite()
    {
        while (_at < _pattern.Length)
        {
            var (start, letterBefore) = (_at, _letterBefore);
            _letterBefore = '\0';
            switch (_pattern[_at])
            {
                case '[':
                    ReadClass();
                    break;
                case '(':
                    ReadGroup();
                    break;
                case ')':
                    _at++;
                    if (_ignoresCase.Count > 1)
                        _ignoresCase.Pop();
                    break;
                case '^' or '$':
                    throw Unsupported($"'{_pattern[_at]}', which is the edge of a line there and of the text here");
                case '{':
                    ReadCount();
                    break;
                case var letter when _ignoresCase.Peek() && char.IsAsciiLetter(letter):
                    _at++;
                    RewriteLetter(char.ToLowerInvariant(letter), letterBefore);
                    continue;
                default:
                    CheckRange(ReadLiteral(inClass: false));
                    break;
            }
            _rewritten.Append(_pattern, start, _at - start);
        }
    }

    /// <summary>Oniguruma folds the long s and the Kelvin sign too, and letters in a row that have a ligature.</summary>
    private void RewriteLetter(char letter, char before)
    {
        if ($"{before}{letter}" is "ss" or "ff" or "fi" or "fl" or "st")
            throw Unsupported($"'{before}{letter}' without regard to case");
        _letterBefore = letter;
        _rewritten.Append(letter switch { 's' => "[s\u017f]", 'k' => "[k\u212a]", _ => letter.ToString() });
    }

    /// <summary>A bracketed class: literals and ranges are judged, sets inside sets are refused.</summary>
    private void ReadClass()
    {
        if (_ignoresCase.Peek())
            throw Unsupported("a class without regard to case");
        _at += Is("[^") ? 2 : 1;
        if (Is("]"))
            throw Unsupported("']' as the first character of a class");
        while (!Is("]"))
        {
            if (_at >= _pattern.Length)
                throw Unsupported("a class without an end");
            var low = ReadMember();
            if (low is not null && Is("-") && !Is("-]"))
            {
                _at++;
                CheckRange(low, ReadMember() ?? throw Unsupported("a range that ends in a set"));
            }
            else
                CheckRange(low);
        }
        _at++;
    }

    private char? ReadMember() =>
        Is("[") ? throw Unsupported("a class inside a class")
        : Is("&&") ? throw Unsupported("an intersection of classes")
        : _at < _pattern.Length ? ReadLiteral(inClass: true) : throw Unsupported("a class without an end");

    private void ReadGroup()
    {
        var group = KnownGroups.FirstOrDefault(Is) ?? (Is("(?") ? throw Unsupported($"the group '{_pattern[_at..Math.Min(_at + 4, _pattern.Length)]}'") : "(");
        _at += group.Length;
        _ignoresCase.Push(group switch { "(?i:" => true, "(?-i:" => false, _ => _ignoresCase.Peek() });
    }

    private void ReadCount()
    {
        var end = _pattern.IndexOf('}', _at);
        if (Is("{,") || (end > 0 && end + 1 < _pattern.Length && _pattern[end + 1] == '?' && !_pattern[_at..end].Contains(',')))
            throw Unsupported($"the count '{_pattern[_at..Math.Min((end < 0 ? _at : end) + 2, _pattern.Length)]}'");
        _at++;
    }

    /// <summary>Steps over a character or an escape; null when it names a set rather than one character.</summary>
    private char? ReadLiteral(bool inClass)
    {
        var character = _pattern[_at++];
        if (char.IsSurrogate(character))
            throw Unsupported("a character outside the basic plane");
        if (!char.IsAscii(character) && _ignoresCase.Peek())
            throw Unsupported($"'{character}' without regard to case");
        if (character != '\\' || _at >= _pattern.Length)
            return character;
        var escape = _pattern[_at++];
        switch (escape)
        {
            case 'w' or 'W' or 'B' or 'G' or 'h' or 'H' or 'R' or 'X' or 'K' or 'g' or 'k':
            case 'b' when !inClass:
                throw Unsupported($"'\\{escape}'");
            case 'u' or 'x' when _ignoresCase.Peek():
                throw Unsupported("a character's code without regard to case");
            case 'u':
                return ReadCode(4);
            case 'x':
                return ReadCode(2);
            case 'p' or 'P':
                _at = _pattern.IndexOf('}', _at) is var end and >= 0 ? end + 1 : _pattern.Length;
                return null;
            default:
                return char.IsAsciiLetterOrDigit(escape) ? null : escape;
        }
    }

    private char ReadCode(int digits)
    {
        if (_at + digits > _pattern.Length || !ushort.TryParse(_pattern.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw Unsupported($"a character's code that is not {digits} hexadecimal digits");
        _at += digits;
        return char.IsSurrogate((char)code) ? throw Unsupported("a character outside the basic plane") : (char)code;
    }

    private void CheckRange(char? low, char? high = null)
    {
        if (low is { } first)
            foreach (var standIn in CodePointShadow.StandIns)
                if (standIn >= first && standIn <= (high ?? first))
                    throw Unsupported($"the character U+{(int)standIn:X4}, which stands for others here");
    }

    private bool Is(string text) => string.CompareOrdinal(_pattern, _at, text, 0, text.Length) == 0;

    private UnsupportedTokenizerException Unsupported(string what) => new($"The Split pattern '{_pattern}' is not supported: it uses {what}.");
}
