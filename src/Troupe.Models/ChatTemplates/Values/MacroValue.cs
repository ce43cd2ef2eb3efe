using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Syntax;

namespace Troupe.Models.ChatTemplates.Values;

/// <summary>A macro, or the body of a call block.</summary>
/// <param name="name">Empty for a call block.</param>
/// <param name="body">Parameters and statements.</param>
/// <param name="closure">The names around the definition.</param>
/// <param name="executor">What runs the body.</param>
internal sealed class MacroValue(string name, MacroBody body, Scope closure, StatementExecutor executor) : CallableValue
{
    public override string Name => name;

    public override string TypeName => "Macro";

    public override string Description => "jinja2.runtime.Macro object";

    public override Value? GetAttribute(string attribute) => attribute switch
    {
        "name" => name.Length > 0 ? StringValue.Template(name) : NoneValue.Instance,
        "arguments" => new TupleValue([.. body.Parameters.Select(parameter => StringValue.Template(parameter.Name))]),
        "catch_kwargs" => BoolValue.Of(body.UsesKeywords),
        "catch_varargs" => BoolValue.Of(body.UsesPositional),
        "caller" => BoolValue.Of(body.UsesCaller),
        _ => null,
    };

    public override Value Call(Arguments arguments, RenderSession session) =>
        executor.Run(body, Bind(arguments, session));

    private Scope Bind(Arguments arguments, RenderSession session)
    {
        var scope = new Scope(closure);
        var parameters = body.Parameters;
        var keywords = arguments.KeywordsAsDict(session.Budget).Entries;
        var missing = new List<Parameter>();
        for (var i = 0; i < parameters.Count; i++)
            if (i < arguments.Positional.Count)
                scope.Set(parameters[i].Name, arguments.Positional[i]);
            else if (keywords.Remove(StringValue.Template(parameters[i].Name), out var value))
                scope.Set(parameters[i].Name, value);
            else
                missing.Add(parameters[i]);
        BindSpecial(scope, keywords, arguments.Positional);

        foreach (var parameter in missing)
            scope.Set(parameter.Name, new UndefinedValue($"parameter '{parameter.Name}' was not provided"));
        foreach (var parameter in missing)
            if (parameter.Default is { } expression)
                scope.Set(parameter.Name, executor.Expressions.Evaluate(expression, scope));
        return scope;
    }

    private void BindSpecial(Scope scope, OrderedDictionary<Value, Value> keywords, IReadOnlyList<Value> positional)
    {
        if (body.UsesCaller && body.Parameters.All(parameter => parameter.Name != "caller"))
            scope.Set("caller", keywords.Remove(StringValue.Template("caller"), out var caller) ? caller : new UndefinedValue("No caller defined"));
        if (body.UsesKeywords)
            scope.Set("kwargs", new DictValue(keywords));
        else if (keywords.Count > 0)
            throw Error($"takes no keyword argument '{Excerpt.Of(((StringValue)keywords.GetAt(0).Key).Text)}'");
        if (body.UsesPositional)
            scope.Set("varargs", new TupleValue([.. positional.Skip(body.Parameters.Count)]));
        else if (positional.Count > body.Parameters.Count)
            throw Error($"takes not more than {body.Parameters.Count} argument(s)");
    }

    private EvaluationException Error(string problem) => new($"macro '{name}' {problem}");
}
