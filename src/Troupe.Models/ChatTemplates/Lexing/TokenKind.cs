namespace Troupe.Models.ChatTemplates.Lexing;

internal enum TokenKind
{
    /// <summary>Text outside tags.</summary>
    Data,

    /// <summary><c>{{</c></summary>
    PrintBegin,

    /// <summary><c>}}</c></summary>
    PrintEnd,

    /// <summary><c>{%</c></summary>
    StatementBegin,

    /// <summary><c>%}</c></summary>
    StatementEnd,

    Name,

    /// <summary>The characters that a string literal stands for.</summary>
    String,

    Integer,

    Float,

    Operator,

    /// <summary>The end of the template.</summary>
    End,
}
