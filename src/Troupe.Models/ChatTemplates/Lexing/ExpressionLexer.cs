using System.Globalization;
using Troupe.Models.ChatTemplates.Semantics;

namespace Troupe.Models.ChatTemplates.Lexing;

/// <summary>Cuts the inside of a tag into names, literals and operators, up to the end of the tag outside all brackets.</summary>
/// <param name="source">The template.</param>
/// <param name="start">Where the inside begins.</param>
/// <param name="line">The line there.</param>
/// <param name="end">What ends the tag; a minus before it strips what follows, a plus (before <c>%}</c>) does not.</param>
/// <param name="tokens">Where the tokens go.</param>
internal sealed class ExpressionLexer(string source, int start, int line, string end, List<Token> tokens)
{
    private const string Operators = "+-*/%~[](){}<>=.:|,;";

    private static readonly string[] LongOperators = ["//", "**", "==", "!=", ">=", "<="];

    private readonly Stack<char> _brackets = [];
    private int _at = start;

    public int Line { get; private set; } = line;

    /// <summary>Reads the tag; gives the position of its end, of the sign before it where there is one.</summary>
    public int Run()
    {
        while (_at < source.Length)
        {
            if (_brackets.Count == 0 && IsEnd())
                return _at;
            if (PythonCharacters.IsSpace(source[_at]))
                Line += source[_at++] == '\n' ? 1 : 0;
            else
                Next();
        }
        throw new SyntaxException($"unexpected end of template, expected '{end}'", Line);
    }

    private bool IsEnd() =>
        IsAt(_at, end) || (IsAt(_at + 1, end) && (source[_at] == '-' || (source[_at] == '+' && end == "%}")));

    private bool IsAt(int at, string text) => string.CompareOrdinal(source, at, text, 0, text.Length) == 0;

    private void Next()
    {
        var first = source[_at];
        if (char.IsAsciiDigit(first))
            Number();
        else if (first is '\'' or '"')
            String(first);
        else if (first == '_' || PythonCharacters.IsAlpha(CodePoints.Value(source, _at)))
            Name();
        else
            Operator(first);
    }

    private void Add(TokenKind kind, string text, int length)
    {
        tokens.Add(new Token(kind, text, Line));
        _at += length;
    }

    private void Number()
    {
        // After a point it is an index, as in items.0.1, and not a float.
        var real = source[_at - 1] == '.' ? 0 : NumberLiteral.FloatLength(source, _at);
        var length = real > 0 ? real : NumberLiteral.IntegerLength(source, _at);
        Add(real > 0 ? TokenKind.Float : TokenKind.Integer, source.Substring(_at, length).Replace("_", "", StringComparison.Ordinal), length);
    }

    private void String(char quote)
    {
        var close = _at + 1;
        while (close < source.Length && source[close] != quote)
            close += source[close] == '\\' ? 2 : 1;
        if (close >= source.Length)
            throw new SyntaxException("a string is not closed", Line);
        var body = source.AsSpan(_at + 1, close - _at - 1);
        var lines = body.Count('\n');
        Add(TokenKind.String, StringLiteral.Unescape(body, Line), close + 1 - _at);
        Line += lines;
    }

    private void Name()
    {
        var length = 0;
        for (var at = _at; at < source.Length && IsNamePart(CodePoints.Value(source, at)); at += CodePoints.Width(source, at))
            length = at + CodePoints.Width(source, at) - _at;
        Add(TokenKind.Name, source.Substring(_at, length), length);
    }

    private static bool IsNamePart(int character) => PythonCharacters.IsWord(character)
        || PythonCharacters.Category(character) is UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation;

    private void Operator(char first)
    {
        foreach (var longOperator in LongOperators)
            if (IsAt(_at, longOperator))
            {
                Add(TokenKind.Operator, longOperator, 2);
                return;
            }
        if (!Operators.Contains(first))
            throw new SyntaxException($"unexpected character '{CodePoints.Text(CodePoints.Value(source, _at))}'", Line);
        Balance(first);
        Add(TokenKind.Operator, first.ToString(), 1);
    }

    private void Balance(char bracket)
    {
        if (bracket is '(' or '[' or '{')
            _brackets.Push(bracket switch { '(' => ')', '[' => ']', _ => '}' });
        else if (bracket is ')' or ']' or '}')
        {
            if (_brackets.Count == 0)
                throw new SyntaxException($"unexpected '{bracket}'", Line);
            var expected = _brackets.Pop();
            if (expected != bracket)
                throw new SyntaxException($"unexpected '{bracket}', expected '{expected}'", Line);
        }
    }
}
