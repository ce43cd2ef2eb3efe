using Troupe.Models.ChatTemplates.Semantics;

namespace Troupe.Models.ChatTemplates.Lexing;

/// <summary>
/// Cuts a template into text and tags, with the white space rules of the reference's environment: the first newline after a block is dropped
/// (trim_blocks), so is the indentation before one (lstrip_blocks), minus signs strip all white space, plus signs keep it, and one newline at
/// the end of the template goes.
/// </summary>
internal sealed class TemplateLexer
{
    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private int _at, _line = 1;

    /// <summary>Whether the last tag ended with a newline, so that the text after it begins a line.</summary>
    private bool _lineStarting = true;

    private TemplateLexer(string source) => _source = source;

    /// <exception cref="SyntaxException">A tag, a string or a comment is not closed, or a character has no place in a tag.</exception>
    public static List<Token> Tokenize(string source)
    {
        source = source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var lexer = new TemplateLexer(source.EndsWith('\n') ? source[..^1] : source);
        lexer.Run();
        return lexer._tokens;
    }

    private void Run()
    {
        while (FindTag(_at) is var tag and >= 0)
        {
            var kind = _source[tag + 1];
            var sign = SignAt(tag + 2);
            AddText(tag, sign, strips: kind != '{');
            MoveTo(tag + (sign is null ? 2 : 3));
            switch (kind)
            {
                case '#':
                    Comment();
                    break;
                case '%' when RawBegin() is { } body:
                    MoveTo(body);
                    Raw();
                    break;
                case '%':
                    Tag(TokenKind.StatementBegin, TokenKind.StatementEnd);
                    break;
                default:
                    Tag(TokenKind.PrintBegin, TokenKind.PrintEnd);
                    break;
            }
            _lineStarting = _source[_at - 1] == '\n';
        }
        if (_at < _source.Length)
            _tokens.Add(new Token(TokenKind.Data, _source[_at..], _line));
        MoveTo(_source.Length);
        _tokens.Add(new Token(TokenKind.End, "", _line));
    }

    private int FindTag(int start)
    {
        for (var at = _source.IndexOf('{', start); at >= 0 && at + 1 < _source.Length; at = _source.IndexOf('{', at + 1))
            if (_source[at + 1] is '{' or '%' or '#')
                return at;
        return -1;
    }

    private char? SignAt(int at) => at < _source.Length && _source[at] is '-' or '+' ? _source[at] : null;

    private void MoveTo(int position)
    {
        _line += _source.AsSpan(_at, position - _at).Count('\n');
        _at = position;
    }

    /// <summary>The text up to a tag, without what the tag strips.</summary>
    private void AddText(int end, char? sign, bool strips)
    {
        var stop = end;
        if (sign == '-')
            while (stop > _at && PythonCharacters.IsSpace(_source[stop - 1]))
                stop--;
        else if (sign is null && strips)
        {
            var lineStart = end > _at ? _source.LastIndexOf('\n', end - 1, end - _at) + 1 : 0;
            lineStart = lineStart == 0 ? (_lineStarting ? _at : end) : lineStart;
            if (IsSpace(lineStart, end))
                stop = lineStart;
        }
        if (stop > _at)
            _tokens.Add(new Token(TokenKind.Data, _source[_at..stop], _line));
        MoveTo(end);
    }

    private bool IsSpace(int start, int end)
    {
        for (var i = start; i < end; i++)
            if (!PythonCharacters.IsSpace(_source[i]))
                return false;
        return true;
    }

    private int SkipSpace(int at)
    {
        while (at < _source.Length && PythonCharacters.IsSpace(_source[at]))
            at++;
        return at;
    }

    private bool IsAt(int at, string text) => string.CompareOrdinal(_source, at, text, 0, text.Length) == 0;

    /// <summary>Where the text after the end of a block goes on: a sign before the end decides.</summary>
    private int AfterBlockEnd(int end, bool signed) =>
        signed && _source[end - 1] == '-' ? SkipSpace(end + 2)
        : !signed && end + 2 < _source.Length && _source[end + 2] == '\n' ? end + 3
        : end + 2;

    private void Comment()
    {
        var end = _source.IndexOf("#}", _at, StringComparison.Ordinal);
        if (end < 0 && _at == _source.Length)
            return;                                             // opened by the last two characters: the reference lets it pass
        if (end < 0)
            throw new SyntaxException("Missing end of comment tag", _line);
        MoveTo(AfterBlockEnd(end, end > _at && _source[end - 1] is '-' or '+'));
    }

    /// <summary>Where the body of a raw block begins, if the tag opens one.</summary>
    private int? RawBegin()
    {
        var at = SkipSpace(_at);
        if (!IsAt(at, "raw"))
            return null;
        at = SkipSpace(at + 3);
        return IsAt(at, "-%}") ? SkipSpace(at + 3) : IsAt(at, "%}") ? at + 2 : null;
    }

    private void Raw()
    {
        for (var tag = _source.IndexOf("{%", _at, StringComparison.Ordinal); tag >= 0; tag = _source.IndexOf("{%", tag + 1, StringComparison.Ordinal))
        {
            var sign = SignAt(tag + 2);
            var name = SkipSpace(tag + (sign is null ? 2 : 3));
            if (!IsAt(name, "endraw"))
                continue;
            var end = SkipSpace(name + 6);
            var signed = IsAt(end, "-%}") || IsAt(end, "+%}");
            if (!signed && !IsAt(end, "%}"))
                continue;
            _lineStarting = _source[_at - 1] == '\n';
            AddText(tag, sign, strips: true);
            MoveTo(AfterBlockEnd(signed ? end + 1 : end, signed));
            return;
        }
        if (_at < _source.Length)
            throw new SyntaxException("Missing end of raw directive", _line);
    }

    private void Tag(TokenKind begin, TokenKind end)
    {
        _tokens.Add(new Token(begin, "", _line));
        var lexer = new ExpressionLexer(_source, _at, _line, end == TokenKind.PrintEnd ? "}}" : "%}", _tokens);
        var close = lexer.Run();
        var signed = _source[close] != (end == TokenKind.PrintEnd ? '}' : '%');
        _tokens.Add(new Token(end, "", lexer.Line));
        var position = signed ? close + 1 : close;
        var next = end == TokenKind.StatementEnd ? AfterBlockEnd(position, signed) : signed ? SkipSpace(position + 2) : position + 2;
        MoveTo(next);
    }
}
