using Troupe.Models.ChatTemplates.Syntax;

namespace Troupe.Models.ChatTemplates.Analysis;

/// <summary>The expressions directly inside an expression or a statement, in order.</summary>
internal static class Children
{
    public static IEnumerable<Expression> Of(Expression expression) => (expression switch
    {
        Expression.List list => list.Items,
        Expression.Tuple tuple => tuple.Items,
        Expression.Dict dict => dict.Items.SelectMany(item => new[] { item.Key, item.Value }),
        Expression.Negate negate => [negate.Operand],
        Expression.Plus plus => [plus.Operand],
        Expression.Not not => [not.Operand],
        Expression.And and => [and.Left, and.Right],
        Expression.Or or => [or.Left, or.Right],
        Expression.Binary binary => [binary.Left, binary.Right],
        Expression.Concat concat => concat.Items,
        Expression.Compare compare => compare.Rest.Select(pair => pair.Operand).Prepend(compare.First),
        Expression.Conditional conditional => [conditional.Condition, conditional.Then, conditional.Else],
        Expression.Attribute attribute => [attribute.Target],
        Expression.Item item => [item.Target, item.Key],
        Expression.Slice slice => [slice.Target, slice.Start, slice.Stop, slice.Step],
        Expression.Call call => Of(call.Arguments).Prepend(call.Target),
        Expression.Filter filter => Of(filter.Arguments).Prepend(filter.Input),
        Expression.Test test => Of(test.Arguments).Prepend(test.Input),
        _ => (IEnumerable<Expression?>)[],
    }).OfType<Expression>();

    public static IEnumerable<Expression> Of(CallArguments arguments) =>
        [.. arguments.Positional, .. arguments.Keywords.Select(keyword => keyword.Value), .. new[] { arguments.Spread, arguments.KeywordSpread }.OfType<Expression>()];

    /// <summary>The expressions of a statement itself, not of the statements inside it.</summary>
    public static IEnumerable<Expression> Of(Statement statement) => (statement switch
    {
        Statement.Print print => [print.Value],
        Statement.Set set => [set.Value],
        Statement.SetBlock set => [set.Filter],
        Statement.If branches => branches.Branches.Select(branch => branch.Test),
        Statement.For loop => [loop.Iterable, loop.Test],
        Statement.Macro macro => macro.Body.Parameters.Select(parameter => parameter.Default),
        Statement.CallBlock block => block.Body.Parameters.Select(parameter => parameter.Default).Prepend(block.Call),
        Statement.FilterBlock block => [block.Filter],
        Statement.With with => with.Bindings.Select(binding => binding.Value),
        _ => (IEnumerable<Expression?>)[],
    }).OfType<Expression>();

    /// <summary>The statements directly inside a statement.</summary>
    public static IEnumerable<Statement> Blocks(Statement statement) => statement switch
    {
        Statement.SetBlock set => set.Body,
        Statement.If branches => branches.Branches.SelectMany(branch => branch.Body).Concat(branches.Else),
        Statement.For loop => loop.Body.Concat(loop.Else),
        Statement.Macro macro => macro.Body.Statements,
        Statement.CallBlock block => block.Body.Statements,
        Statement.Generation generation => generation.Body.Statements,
        Statement.FilterBlock block => block.Body,
        Statement.With with => with.Body,
        _ => [],
    };

    /// <summary>An expression and all inside it.</summary>
    public static IEnumerable<Expression> Tree(Expression root)
    {
        var rest = new Stack<Expression>([root]);
        while (rest.TryPop(out var expression))
        {
            yield return expression;
            foreach (var child in Of(expression).Reverse())
                rest.Push(child);
        }
    }

    /// <summary>Statements and all inside them.</summary>
    public static IEnumerable<Statement> Tree(IEnumerable<Statement> roots)
    {
        var rest = new Stack<Statement>(roots.Reverse());
        while (rest.TryPop(out var statement))
        {
            yield return statement;
            foreach (var child in Blocks(statement).Reverse())
                rest.Push(child);
        }
    }

    /// <summary>All expressions in statements.</summary>
    public static IEnumerable<Expression> Expressions(IEnumerable<Statement> statements) => Tree(statements).SelectMany(Of).SelectMany(Tree);

    /// <summary>The names and attributes that a target assigns to.</summary>
    public static IEnumerable<Target> Leaves(Target target) => target is Target.Tuple tuple ? tuple.Items.SelectMany(Leaves) : [target];
}
