using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Syntax;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Evaluation;

/// <summary>Runs for blocks.</summary>
internal sealed class LoopExecutor(RenderSession session, StatementExecutor executor)
{
    public Flow Run(Statement.For loop, Scope scope, TextBuilder output)
    {
        var iterable = executor.Expressions.Evaluate(loop.Iterable, scope);
        session.Line = loop.Line;
        if (!loop.IsRecursive)
            return Run(loop, iterable, scope, output, 0, null);
        output.Append(Recurse(loop, iterable, scope, 0));
        return Flow.Next;
    }

    private StringValue Recurse(Statement.For loop, Value iterable, Scope scope, int depth)
    {
        session.Enter();
        var output = new TextBuilder(session.Budget);
        Run(loop, iterable, scope, output, depth, inner => Recurse(loop, inner, scope, depth + 1));
        session.Leave();
        return output.ToValue();
    }

    private Flow Run(Statement.For loop, Value iterable, Scope scope, TextBuilder output, int depth, Func<Value, Value>? recurse)
    {
        if (loop.Test is not null)
            iterable = new IteratorValue(Matching(loop, Iteration.Over(iterable, session.Budget), scope));
        var state = new LoopValue(iterable, depth, recurse, session.Budget);
        var completed = false;
        while (state.Next() is { } item)
        {
            var inner = new Scope(scope);
            Assignment.Assign(loop.Target, item, inner, session.Budget);
            inner.Set("loop", state);
            var flow = executor.Execute(loop.Body, inner, output);
            if (flow == Flow.Break)
                break;
            completed |= flow == Flow.Next;
        }
        // The reference takes the else block also when every round was cut short.
        return completed || loop.Else.Count == 0 ? Flow.Next : executor.Execute(loop.Else, new Scope(scope), output);
    }

    private IEnumerable<Value> Matching(Statement.For loop, IEnumerable<Value> items, Scope scope)
    {
        foreach (var item in items)
        {
            var inner = new Scope(scope);
            Assignment.Assign(loop.Target, item, inner, session.Budget);
            if (executor.Expressions.Evaluate(loop.Test!, inner).IsTrue)
                yield return item;
        }
    }
}
