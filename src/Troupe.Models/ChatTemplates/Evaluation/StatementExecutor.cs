using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Syntax;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Evaluation;

/// <summary>Runs statements: their text goes to an output, their names into a scope.</summary>
internal sealed class StatementExecutor
{
    private readonly RenderSession _session;
    private readonly LoopExecutor _loops;

    public StatementExecutor(RenderSession session)
    {
        _session = session;
        Expressions = new ExpressionEvaluator(session);
        _loops = new LoopExecutor(session, this);
    }

    public ExpressionEvaluator Expressions { get; }

    public Flow Execute(IReadOnlyList<Statement> statements, Scope scope, TextBuilder output)
    {
        _session.Enter();
        var flow = Flow.Next;
        for (var i = 0; i < statements.Count && flow == Flow.Next; i++)
            flow = Execute(statements[i], scope, output);
        _session.Leave();
        return flow;
    }

    /// <summary>The text of a macro's body.</summary>
    public StringValue Run(MacroBody body, Scope scope)
    {
        var output = new TextBuilder(_session.Budget);
        Execute(body.Statements, scope, output);
        return output.ToValue();
    }

    private Flow Execute(Statement statement, Scope scope, TextBuilder output)
    {
        _session.Budget.Step();
        _session.Line = statement.Line;
        switch (statement)
        {
            case Statement.Data data:
                output.Append(data.Text);
                return Flow.Next;
            case Statement.Print print:
                Printer.Str(Expressions.Evaluate(print.Value, scope), output, _session.Budget);
                return Flow.Next;
            case Statement.Set set:
                Assignment.Assign(set.Target, Expressions.Evaluate(set.Value, scope), scope, _session.Budget);
                return Flow.Next;
            case Statement.If branches:
                return If(branches, scope, output);
            case Statement.For loop:
                return _loops.Run(loop, scope, output);
            case Statement.SetBlock set:
                return SetBlock(set, scope);
            case Statement.Macro macro:
                scope.Set(macro.Name, new MacroValue(macro.Name, macro.Body, scope, this));
                return Flow.Next;
            case Statement.CallBlock block:
                var caller = new MacroValue("", block.Body, scope, this);
                output.Append(Text(Expressions.Call(block.Call, scope, caller)));
                return Flow.Next;
            case Statement.Generation generation:
                output.Append(Run(generation.Body, new Scope(scope)));
                return Flow.Next;
            case Statement.FilterBlock block:
                return FilterBlock(block, scope, output);
            case Statement.With with:
                return With(with, scope, output);
            case Statement.Break:
                return Flow.Break;
            case Statement.Continue:
                return Flow.Continue;
            default:
                throw new InvalidOperationException($"No execution for {statement.GetType().Name}.");
        }
    }

    private Flow If(Statement.If branches, Scope scope, TextBuilder output)
    {
        foreach (var (test, body) in branches.Branches)
            if (Expressions.Evaluate(test, scope).IsTrue)
                return Execute(body, scope, output);
        return Execute(branches.Else, scope, output);
    }

    private Flow SetBlock(Statement.SetBlock set, Scope scope)
    {
        var inner = new Scope(scope);
        var text = new TextBuilder(_session.Budget);
        var flow = Execute(set.Body, inner, text);
        if (flow != Flow.Next)
            return flow;
        Value value = text.ToValue();
        if (set.Filter is { } filter)
            value = Filter(filter, value, inner);
        Assignment.Assign(set.Target, value, scope, _session.Budget);
        return Flow.Next;
    }

    private Flow FilterBlock(Statement.FilterBlock block, Scope scope, TextBuilder output)
    {
        var inner = new Scope(scope);
        var text = new TextBuilder(_session.Budget);
        var flow = Execute(block.Body, inner, text);
        if (flow == Flow.Next)
            output.Append(Text(Filter(block.Filter, text.ToValue(), inner)));
        return flow;
    }

    // The reference writes the result of a block as it is and fails on anything but text.
    private static StringValue Text(Value value) =>
        value as StringValue ?? throw new EvaluationException($"a block must give a string, not {value.TypeName}");

    // A chain of filters: the innermost has no input of its own and takes the text of the block.
    private Value Filter(Expression.Filter filter, Value text, Scope scope)
    {
        _session.Enter();
        var value = Expressions.Filter(filter, filter.Input is Expression.Filter inner ? Filter(inner, text, scope) : text, scope);
        _session.Leave();
        return value;
    }

    private Flow With(Statement.With with, Scope scope, TextBuilder output)
    {
        var inner = new Scope(scope);
        foreach (var (target, value) in with.Bindings)
            Assignment.Assign(target, Expressions.Evaluate(value, scope), inner, _session.Budget);
        return Execute(with.Body, inner, output);
    }
}
