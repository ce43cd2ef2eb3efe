using Troupe.Models.ChatTemplates.Filters;
using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Syntax;
using Troupe.Models.ChatTemplates.Tests;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Evaluation;

/// <summary>Gives expressions their values.</summary>
internal sealed class ExpressionEvaluator(RenderSession session)
{
    private Budget Budget => session.Budget;

    public Value Evaluate(Expression expression, Scope scope)
    {
        session.Enter();
        session.Line = expression.Line;
        var value = expression switch
        {
            Expression.Literal literal => literal.Value,
            Expression.Name name => Name(name, scope),
            Expression.Attribute attribute => Attribute(attribute, scope),
            Expression.Item item => Item(item, scope),
            Expression.Slice slice => Slice(slice, scope),
            Expression.Filter filter => Filter(filter, Evaluate(filter.Input!, scope), scope),
            Expression.Test test => Test(test, scope),
            Expression.Call call => Call(call, scope, null),
            Expression.Binary binary => Binary(binary, scope),
            Expression.Concat concat => Concat(concat, scope),
            Expression.Compare compare => Compare(compare, scope),
            Expression.And and => Evaluate(and.Left, scope) is { IsTrue: false } left ? left : Evaluate(and.Right, scope),
            Expression.Or or => Evaluate(or.Left, scope) is { IsTrue: true } left ? left : Evaluate(or.Right, scope),
            Expression.Not not => BoolValue.Of(!Evaluate(not.Operand, scope).IsTrue),
            Expression.Conditional conditional => Conditional(conditional, scope),
            Expression.List list => new ListValue(EvaluateAll(list.Items, scope)),
            Expression.Tuple tuple => new TupleValue(EvaluateAll(tuple.Items, scope)),
            Expression.Dict dict => Dict(dict, scope),
            Expression.Negate negate => Arithmetic.Negate(Evaluate(negate.Operand, scope)),
            Expression.Plus plus => Arithmetic.Plus(Evaluate(plus.Operand, scope)),
            _ => throw new InvalidOperationException($"No evaluation for {expression.GetType().Name}."),
        };
        session.Leave();
        return value;
    }

    /// <summary>A call, with the body of a call block as one more argument.</summary>
    public Value Call(Expression.Call call, Scope scope, Value? caller)
    {
        var target = Evaluate(call.Target, scope);
        var arguments = Evaluate(call.Arguments, scope);
        if (caller is not null)
            arguments = arguments with { Keywords = [.. arguments.Keywords, KeyValuePair.Create(StringValue.Template("caller"), caller)] };
        session.Line = call.Line;
        return target switch
        {
            CallableValue callable => callable.Call(arguments, session),
            UndefinedValue undefined => throw undefined.Error(),
            _ => throw new EvaluationException($"'{target.TypeName}' object is not callable"),
        };
    }

    public Value Filter(Expression.Filter filter, Value input, Scope scope)
    {
        var arguments = Evaluate(filter.Arguments, scope);
        session.Line = filter.Line;
        return FilterTable.Apply(filter.Identifier, input, arguments, session);
    }

    private Value Name(Expression.Name name, Scope scope)
    {
        Budget.Step(scope.Depth / 8);                           // a name is looked for from scope to scope
        return scope.Find(name.Identifier) ?? UndefinedValue.Name(name.Identifier);
    }

    private BoolValue Test(Expression.Test test, Scope scope)
    {
        var input = Evaluate(test.Input, scope);
        var arguments = Evaluate(test.Arguments, scope);
        session.Line = test.Line;
        return BoolValue.Of(TestTable.Apply(test.Identifier, input, arguments, session));
    }

    private Value Attribute(Expression.Attribute attribute, Scope scope)
    {
        var target = Evaluate(attribute.Target, scope);
        session.Line = attribute.Line;
        return Lookup.Attribute(target, attribute.Identifier, Budget);
    }

    private Value Item(Expression.Item item, Scope scope)
    {
        var target = Evaluate(item.Target, scope);
        var key = Evaluate(item.Key, scope);
        session.Line = item.Line;
        return Lookup.Item(target, key, Budget);
    }

    private Value Slice(Expression.Slice slice, Scope scope)
    {
        var target = Evaluate(slice.Target, scope);
        var start = slice.Start is null ? null : Evaluate(slice.Start, scope);
        var stop = slice.Stop is null ? null : Evaluate(slice.Stop, scope);
        var step = slice.Step is null ? null : Evaluate(slice.Step, scope);
        session.Line = slice.Line;
        return Slicing.Slice(target, start, stop, step, Budget);
    }

    private Value Binary(Expression.Binary binary, Scope scope)
    {
        var left = Evaluate(binary.Left, scope);
        var right = Evaluate(binary.Right, scope);
        session.Line = binary.Line;
        return Arithmetic.Apply(binary.Operator, left, right, Budget);
    }

    private StringValue Concat(Expression.Concat concat, Scope scope)
    {
        var values = EvaluateAll(concat.Items, scope);
        var builder = new TextBuilder(Budget);
        foreach (var value in values)
            Printer.Str(value, builder, Budget);
        return builder.ToValue();
    }

    private BoolValue Compare(Expression.Compare compare, Scope scope)
    {
        var left = Evaluate(compare.First, scope);
        foreach (var (by, operand) in compare.Rest)
        {
            var right = Evaluate(operand, scope);
            session.Line = compare.Line;
            if (!Comparison.Holds(by, left, right, Budget))
                return BoolValue.False;
            left = right;
        }
        return BoolValue.True;
    }

    private Value Conditional(Expression.Conditional conditional, Scope scope)
    {
        if (Evaluate(conditional.Condition, scope).IsTrue)
            return Evaluate(conditional.Then, scope);
        return conditional.Else is { } otherwise
            ? Evaluate(otherwise, scope)
            : new UndefinedValue($"the inline if-expression on line {conditional.Line} evaluated to false and no else section was defined.");
    }

    private DictValue Dict(Expression.Dict dict, Scope scope)
    {
        var entries = new OrderedDictionary<Value, Value>(dict.Items.Count, Budget.Comparer);
        foreach (var (key, value) in dict.Items)
            DictValue.Put(entries, Evaluate(key, scope), Evaluate(value, scope));
        return new DictValue(entries);
    }

    private Value[] EvaluateAll(IReadOnlyList<Expression> items, Scope scope)
    {
        var values = new Value[items.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Evaluate(items[i], scope);
        return values;
    }

    private Arguments Evaluate(CallArguments arguments, Scope scope)
    {
        if (ReferenceEquals(arguments, CallArguments.None))
            return Arguments.None;
        var positional = EvaluateAll(arguments.Positional, scope);
        var keywords = new List<KeyValuePair<StringValue, Value>>(arguments.Keywords.Count);
        foreach (var (name, value) in arguments.Keywords)
            keywords.Add(KeyValuePair.Create(StringValue.Template(name), Evaluate(value, scope)));
        if (arguments.Spread is { } spread)
            positional = [.. positional, .. Iteration.Over(Evaluate(spread, scope), Budget)];
        if (arguments.KeywordSpread is { } keywordSpread)
            keywords.AddRange(KeywordSpread(Evaluate(keywordSpread, scope)));
        return new Arguments(positional, keywords);
    }

    private static IEnumerable<KeyValuePair<StringValue, Value>> KeywordSpread(Value value)
    {
        if (value is not DictValue dict)
            throw new EvaluationException($"argument after ** must be a mapping, not {value.TypeName}");
        return dict.Entries.Select(entry => entry.Key is StringValue name
            ? KeyValuePair.Create(name, entry.Value)
            : throw new EvaluationException("keywords must be strings"));
    }
}
