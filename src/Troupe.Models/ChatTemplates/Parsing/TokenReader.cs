using System.Runtime.CompilerServices;
using Troupe.Models.ChatTemplates.Lexing;

namespace Troupe.Models.ChatTemplates.Parsing;

/// <summary>Tokens one after the other, for the parsers.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens, ChatTemplateLimits limits)
{
    private int _at, _depth;

    public Token Current => tokens[_at];

    public int Line => Current.Line;

    private Token Following => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    public Token Take()
    {
        var token = Current;
        if (token.Kind != TokenKind.End)
            _at++;
        return token;
    }

    public bool IsOperator(string text) => Current.Is(TokenKind.Operator, text);

    public bool IsName(string text) => Current.Is(TokenKind.Name, text);

    public bool IsFollowedByOperator(string text) => Following.Is(TokenKind.Operator, text);

    public bool IsFollowedByName(string text) => Following.Is(TokenKind.Name, text);

    public bool SkipOperator(string text)
    {
        var skip = IsOperator(text);
        if (skip)
            Take();
        return skip;
    }

    public bool SkipName(string text)
    {
        var skip = IsName(text);
        if (skip)
            Take();
        return skip;
    }

    public void ExpectOperator(string text)
    {
        if (!SkipOperator(text))
            throw Unexpected($"'{text}'");
    }

    public void ExpectName(string text)
    {
        if (!SkipName(text))
            throw Unexpected($"'{text}'");
    }

    public Token ExpectName() => Expect(TokenKind.Name, "a name");

    public Token Expect(TokenKind kind, string description) => Current.Kind == kind ? Take() : throw Unexpected(description);

    public SyntaxException Unexpected(string expected) => new($"unexpected {Current.Description}, expected {expected}", Line);

    /// <summary>One level of blocks or brackets deeper. Ends with <see cref="Leave"/>.</summary>
    public void Enter()
    {
        if (++_depth > limits.MaxNesting)
            throw new SyntaxException($"blocks and brackets nest deeper than {limits.MaxNesting} levels ({nameof(ChatTemplateLimits.MaxNesting)}).", Line);
        RuntimeHelpers.EnsureSufficientExecutionStack();
    }

    public void Leave() => _depth--;
}
