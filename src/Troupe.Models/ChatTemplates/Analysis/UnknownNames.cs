using System.Runtime.CompilerServices;
using Troupe.Models.ChatTemplates.Filters;
using Troupe.Models.ChatTemplates.Lexing;
using Troupe.Models.ChatTemplates.Syntax;
using Troupe.Models.ChatTemplates.Tests;

namespace Troupe.Models.ChatTemplates.Analysis;

/// <summary>
/// Refuses filters and tests that do not exist. Under a condition the reference looks for them only when they are used, so that a template can
/// ask first; those are left to the evaluation.
/// </summary>
internal static class UnknownNames
{
    /// <exception cref="SyntaxException">A filter or test outside conditions does not exist.</exception>
    public static void Check(IEnumerable<Statement> statements)
    {
        foreach (var statement in statements)
            Check(statement, conditional: false);
    }

    private static void Check(Statement statement, bool conditional)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var isIf = statement is Statement.If;
        foreach (var expression in Children.Of(statement))
            Check(expression, isIf || (conditional && BelongsOutside(statement, expression)));
        foreach (var inner in Children.Blocks(statement))
            Check(inner, isIf);
    }

    // Blocks with names of their own begin anew; what is evaluated before them still belongs to the condition around.
    private static bool BelongsOutside(Statement statement, Expression expression) => statement switch
    {
        Statement.Print or Statement.Set or Statement.With => true,
        Statement.For loop => ReferenceEquals(expression, loop.Iterable),
        Statement.CallBlock block => ReferenceEquals(expression, block.Call),
        _ => false,
    };

    private static void Check(Expression expression, bool conditional)
    {
        if (conditional)
            return;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (expression is Expression.Filter filter && !FilterTable.Knows(filter.Identifier))
            throw new SyntaxException(FilterTable.Unknown(filter.Identifier), filter.Line);
        if (expression is Expression.Test test && !TestTable.Knows(test.Identifier))
            throw new SyntaxException($"No test named '{test.Identifier}'.", test.Line);
        foreach (var child in Children.Of(expression))
            Check(child, expression is Expression.Conditional);
    }
}
