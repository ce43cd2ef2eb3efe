using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Evaluation;

/// <summary>A caller's JSON as values; every string and number in it is the caller's.</summary>
internal sealed class JsonValues(Budget budget)
{
    public Value Convert(JsonNode? node)
    {
        try
        {
            return Node(node);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException)
        {
            throw new EvaluationException($"the JSON that the template is given holds a name twice or a string that is not Unicode: {e.Message}");
        }
    }

    private Value Node(JsonNode? node)
    {
        budget.Step();
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (node)
        {
            case null:
                return NoneValue.Instance;
            case JsonArray array:
                return new ListValue([.. array.Select(Node)]);
            case JsonObject members:
                var entries = new OrderedDictionary<Value, Value>(members.Count, budget.Comparer);
                foreach (var (name, value) in members)
                    entries[StringValue.FromCaller(name)] = Node(value);
                return new DictValue(entries);
            default:
                return Scalar(node.AsValue());
        }
    }

    private Value Scalar(JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.True:
                return BoolValue.True;
            case JsonValueKind.False:
                return BoolValue.False;
            case JsonValueKind.String:
                return StringValue.FromCaller(value.TryGetValue<string>(out var text) ? text : JsonSerializer.Deserialize<string>(value.ToJsonString())!);
            default:
                return Number(value);
        }
    }

    // As Python reads JSON: a whole number unless it has a point or an exponent, of the type that it was made with otherwise.
    private Value Number(JsonValue value)
    {
        var text = value.ToJsonString();
        var isReal = text.AsSpan().ContainsAny('.', 'e', 'E')
            || (!value.TryGetValue<JsonElement>(out _) && (value.TryGetValue<double>(out _) || value.TryGetValue<float>(out _)));
        if (isReal)
            return new FloatValue(double.Parse(text, CultureInfo.InvariantCulture), fromCaller: true);
        budget.Write((long)text.Length * text.Length / 64);     // reading digits takes quadratic time
        return new IntValue(NumberArithmetic.Bounded(BigInteger.Parse(text, CultureInfo.InvariantCulture), budget), fromCaller: true);
    }
}
