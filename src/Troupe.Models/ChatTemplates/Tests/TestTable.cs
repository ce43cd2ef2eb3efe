using System.Collections.Frozen;
using System.Numerics;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Filters;
using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Syntax;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Tests;

/// <summary>The tests by name.</summary>
internal static class TestTable
{
    private static readonly FrozenDictionary<string, Test> All = new Dictionary<string, Test>
    {
        ["defined"] = Of("defined", value => value is not UndefinedValue),
        ["undefined"] = Of("undefined", value => value is UndefinedValue),
        ["none"] = Of("none", value => value is NoneValue),
        ["boolean"] = Of("boolean", value => value is BoolValue),
        ["true"] = Of("true", value => ReferenceEquals(value, BoolValue.True)),
        ["false"] = Of("false", value => ReferenceEquals(value, BoolValue.False)),
        ["integer"] = Of("integer", value => value is IntValue),
        ["float"] = Of("float", value => value is FloatValue),
        ["number"] = Of("number", value => value is NumberValue),
        ["string"] = Of("string", value => value is StringValue),
        ["mapping"] = Of("mapping", value => value is DictValue),
        ["sequence"] = Of("sequence", value => value is StringValue or SequenceValue or DictValue or RangeValue or UndefinedValue),
        ["callable"] = Of("callable", value => value is CallableValue or UndefinedValue),
        ["escaped"] = Of("escaped", value => value is StringValue { IsMarkup: true }),
        ["iterable"] = (value, arguments, session) => Bind("iterable", arguments) && value.Iterate(session.Budget) is not null,
        ["lower"] = (value, arguments, session) => Bind("lower", arguments) && CharacterClasses.IsLower(Text(value, session)),
        ["upper"] = (value, arguments, session) => Bind("upper", arguments) && CharacterClasses.IsUpper(Text(value, session)),
        ["odd"] = (value, arguments, session) => Bind("odd", arguments) && IsRemainder(value, new IntValue(2), 1, session),
        ["even"] = (value, arguments, session) => Bind("even", arguments) && IsRemainder(value, new IntValue(2), 0, session),
        ["divisibleby"] = (value, arguments, session) => IsRemainder(value, arguments.Bind("divisibleby", 1, "num")[0]!, 0, session),
        ["filter"] = (value, arguments, _) => Bind("filter", arguments) && value is StringValue name && FilterTable.Knows(name.Text),
        ["test"] = (value, arguments, _) => Bind("test", arguments) && value is StringValue name && Knows(name.Text),
        ["in"] = (value, arguments, session) => Containment.Contains(arguments.Bind("in", 1, "seq")[0]!, value, session.Budget),
        ["sameas"] = (value, arguments, _) => IsSame(value, arguments.Bind("sameas", 1, "other")[0]!),
        ["=="] = Compare(ComparisonOperator.Equal),
        ["eq"] = Compare(ComparisonOperator.Equal),
        ["equalto"] = Compare(ComparisonOperator.Equal),
        ["!="] = Compare(ComparisonOperator.NotEqual),
        ["ne"] = Compare(ComparisonOperator.NotEqual),
        [">"] = Compare(ComparisonOperator.Greater),
        ["gt"] = Compare(ComparisonOperator.Greater),
        ["greaterthan"] = Compare(ComparisonOperator.Greater),
        [">="] = Compare(ComparisonOperator.GreaterOrEqual),
        ["ge"] = Compare(ComparisonOperator.GreaterOrEqual),
        ["<"] = Compare(ComparisonOperator.Less),
        ["lt"] = Compare(ComparisonOperator.Less),
        ["lessthan"] = Compare(ComparisonOperator.Less),
        ["<="] = Compare(ComparisonOperator.LessOrEqual),
        ["le"] = Compare(ComparisonOperator.LessOrEqual),
    }.ToFrozenDictionary();

    public static bool Knows(string name) => All.ContainsKey(name);

    public static bool Apply(string name, Value value, Arguments arguments, RenderSession session) =>
        All.TryGetValue(name, out var test) ? test(value, arguments, session) : throw new EvaluationException($"No test named '{name}'.");

    private static Test Of(string name, Func<Value, bool> holds) => (value, arguments, _) => Bind(name, arguments) && holds(value);

    private static bool Bind(string name, Arguments arguments)
    {
        arguments.Bind(name, 0);
        return true;
    }

    private static string Text(Value value, RenderSession session)
    {
        var text = Printer.Str(value, session.Budget).Text;
        session.Budget.Write(text.Length);
        return text;
    }

    private static Test Compare(ComparisonOperator by) =>
        (value, arguments, session) => Comparison.Holds(by, value, arguments.Bind("comparison", 1, "other")[0]!, session.Budget);

    private static bool IsRemainder(Value value, Value divisor, int remainder, RenderSession session) =>
        session.Budget.Comparer.Equals(Arithmetic.Apply(BinaryOperator.Modulo, value, divisor, session.Budget), new IntValue(remainder));

    // Python keeps one object of each small number.
    private static bool IsSame(Value value, Value other) =>
        ReferenceEquals(value, other) || (value is IntValue a && other is IntValue b && a.Value == b.Value && a.Value >= new BigInteger(-5) && a.Value <= 256);
}
