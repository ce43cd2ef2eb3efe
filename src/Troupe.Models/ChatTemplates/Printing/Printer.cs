using System.Globalization;
using System.Runtime.CompilerServices;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Printing;

/// <summary>Python's <c>str</c> and <c>repr</c>.</summary>
internal static class Printer
{
    /// <summary><c>str(value)</c>: a plain string.</summary>
    public static StringValue Str(Value value, Budget budget)
    {
        if (value is StringValue text)
            return text.As(markup: false);
        var builder = new TextBuilder(budget);
        Str(value, builder, budget);
        return builder.ToValue();
    }

    /// <summary>A string as it is, markup or not; <c>str(value)</c> of anything else.</summary>
    public static StringValue SoftStr(Value value, Budget budget) => value as StringValue ?? Str(value, budget);

    public static void Str(Value value, TextBuilder builder, Budget budget)
    {
        switch (value)
        {
            case StringValue text:
                builder.Append(text);
                break;
            case UndefinedValue:
                break;
            default:
                Repr(value, builder, budget);
                break;
        }
    }

    public static StringValue Repr(Value value, Budget budget)
    {
        var builder = new TextBuilder(budget);
        Repr(value, builder, budget);
        return builder.ToValue();
    }

    public static void Repr(Value value, TextBuilder builder, Budget budget)
    {
        budget.Step();
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (value)
        {
            case StringValue { IsMarkup: true } text:
                builder.Append("Markup(", fromCaller: false);
                StringRepr.Write(text, builder);
                builder.Append(")", fromCaller: false);
                break;
            case StringValue text:
                StringRepr.Write(text, builder);
                break;
            case ListValue list:
                Join("[", list.Items, "]", builder, budget);
                break;
            case TupleValue tuple:
                Join("(", tuple.Items, tuple.Items.Count == 1 ? ",)" : ")", builder, budget);
                break;
            case DictValue dict:
                Entries(dict, builder, budget);
                break;
            case DictViewValue view:
                builder.Append(view.TypeName + "(", fromCaller: false);
                Join("[", [.. view.Iterate(budget)], "])", builder, budget);
                break;
            case NamespaceValue attributes:
                Namespace(attributes, builder, budget);
                break;
            case NumberValue number:
                builder.Append(Number(number), number.FromCaller);
                break;
            default:
                builder.Append(Other(value), fromCaller: value is RangeValue { FromCaller: true });
                break;
        }
    }

    public static string Number(NumberValue number) => number switch
    {
        BoolValue => number.IsTrue ? "True" : "False",
        FloatValue real => FloatText.Repr(real.Value),
        _ => number.Whole!.Value.ToString(CultureInfo.InvariantCulture),
    };

    private static string Other(Value value) => value switch
    {
        NoneValue => "None",
        UndefinedValue => "Undefined",
        RangeValue { Step.IsOne: true } range => $"range({range.Start}, {range.Stop})",
        RangeValue range => $"range({range.Start}, {range.Stop}, {range.Step})",
        MacroValue macro => macro.Name.Length > 0 ? $"<Macro '{macro.Name}'>" : "<Macro anonymous>",
        LoopValue loop => $"<LoopContext {loop.Index}/{loop.Length}>",
        CallableValue callable => $"<{callable.TypeName} {callable.Name}>",
        _ => $"<{value.Description}>",
    };

    private static void Join(string open, IReadOnlyList<Value> items, string close, TextBuilder builder, Budget budget)
    {
        builder.Append(open, fromCaller: false);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                builder.Append(", ", fromCaller: false);
            Repr(items[i], builder, budget);
        }
        builder.Append(close, fromCaller: false);
    }

    private static void Namespace(NamespaceValue value, TextBuilder builder, Budget budget)
    {
        builder.Append("<Namespace ", fromCaller: false);
        if (value.IsPrinting)
            builder.Append("{...}", fromCaller: false);
        else
        {
            value.IsPrinting = true;
            Entries(value.Attributes, builder, budget);
            value.IsPrinting = false;
        }
        builder.Append(">", fromCaller: false);
    }

    private static void Entries(DictValue dict, TextBuilder builder, Budget budget)
    {
        builder.Append("{", fromCaller: false);
        var first = true;
        foreach (var (key, value) in dict.Entries)
        {
            if (!first)
                builder.Append(", ", fromCaller: false);
            first = false;
            Repr(key, builder, budget);
            builder.Append(": ", fromCaller: false);
            Repr(value, builder, budget);
        }
        builder.Append("}", fromCaller: false);
    }
}
