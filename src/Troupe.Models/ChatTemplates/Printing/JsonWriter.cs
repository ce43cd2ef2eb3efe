using System.Globalization;
using System.Runtime.CompilerServices;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Printing;

/// <summary>
/// Python's <c>json.dumps</c>. What stands between the quotes of a caller's string, keys included, is caller text, and so are the digits of a
/// caller's number; brackets, quotes and separators are not.
/// </summary>
internal sealed class JsonWriter(TextBuilder builder, Budget budget)
{
    /// <summary>What one level is indented by; null for one line.</summary>
    public StringValue? Indent { get; init; }

    public StringValue ItemSeparator { get; init; } = StringValue.Template(", ");

    public StringValue KeySeparator { get; init; } = StringValue.Template(": ");

    public bool EscapeNonAscii { get; init; }

    public bool SortKeys { get; init; }

    public void Write(Value value) => Write(value, 0);

    private void Write(Value value, int depth)
    {
        budget.Step();
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (value)
        {
            case StringValue text:
                Write(text);
                break;
            case NoneValue:
                builder.Append("null", fromCaller: false);
                break;
            case NumberValue number:
                builder.Append(Number(number), number.FromCaller);
                break;
            case SequenceValue { Items: var items }:
                Block('[', items.Count, ']', depth, at => Write(items[at], depth + 1));
                break;
            case DictValue dict:
                IReadOnlyList<KeyValuePair<Value, Value>> entries = SortKeys ? Sorted(dict) : dict.Entries;
                Block('{', entries.Count, '}', depth, at =>
                {
                    Write(Key(entries[at].Key));
                    builder.Append(KeySeparator);
                    Write(entries[at].Value, depth + 1);
                });
                break;
            default:
                throw new EvaluationException($"Object of type {value.TypeName} is not JSON serializable");
        }
    }

    private void Block(char open, int count, char close, int depth, Action<int> write)
    {
        builder.Append(open, 1, fromCaller: false);
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
                builder.Append(ItemSeparator);
            NewLine(depth + 1);
            write(i);
        }
        if (count > 0)
            NewLine(depth);
        builder.Append(close, 1, fromCaller: false);
    }

    private void NewLine(int depth)
    {
        if (Indent is null)
            return;
        builder.Append("\n", fromCaller: false);
        for (var i = 0; i < depth && Indent.Text.Length > 0; i++)
            builder.Append(Indent);
    }

    private List<KeyValuePair<Value, Value>> Sorted(DictValue dict)
    {
        var keys = Ordering.Sort(dict.Entries.Keys, key => key, reverse: false, budget);
        return [.. keys.Select(key => KeyValuePair.Create(key, dict.Entries[key]))];
    }

    private static StringValue Key(Value key) => key switch
    {
        StringValue text => text,
        NoneValue => StringValue.Template("null"),
        NumberValue number => StringValue.Of(Number(number), number.FromCaller),
        _ => throw new EvaluationException($"keys must be str, int, float, bool or None, not {key.TypeName}"),
    };

    private static string Number(NumberValue number) => number switch
    {
        BoolValue => number.IsTrue ? "true" : "false",
        FloatValue { Value: double.NaN } => "NaN",
        FloatValue { Value: double.PositiveInfinity } => "Infinity",
        FloatValue { Value: double.NegativeInfinity } => "-Infinity",
        _ => Printer.Number(number),
    };

    private void Write(StringValue value)
    {
        builder.Append("\"", fromCaller: false);
        var copied = 0;
        for (var at = 0; at < value.Text.Length; at++)
        {
            if (Escape(value.Text[at]) is not { } escape)
                continue;
            builder.Append(value, copied, at);
            builder.Append(escape, value.IsCaller(at, at + 1));
            copied = at + 1;
        }
        builder.Append(value, copied, value.Text.Length);
        builder.Append("\"", fromCaller: false);
    }

    private string? Escape(char character) => character switch
    {
        '"' => "\\\"",
        '\\' => @"\\",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        '\f' => @"\f",
        '\b' => @"\b",
        < ' ' => Hex(character),
        > '~' when EscapeNonAscii => Hex(character),
        _ => null,
    };

    private static string Hex(char character) => "\\u" + ((int)character).ToString("x4", CultureInfo.InvariantCulture);
}
