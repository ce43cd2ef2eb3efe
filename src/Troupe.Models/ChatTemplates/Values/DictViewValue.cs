using Troupe.Models.ChatTemplates.Evaluation;

namespace Troupe.Models.ChatTemplates.Values;

/// <summary>What <c>keys()</c>, <c>values()</c> and <c>items()</c> give.</summary>
internal sealed class DictViewValue(DictValue dict, string kind) : Value
{
    public DictValue Dict { get; } = dict;

    /// <summary><c>keys</c>, <c>values</c> or <c>items</c>.</summary>
    public string Kind { get; } = kind;

    public override string TypeName => "dict_" + Kind;

    public override int? Length => Dict.Length;

    public override IEnumerable<Value> Iterate(Budget budget)
    {
        foreach (var (key, value) in Dict.Entries)
        {
            budget.Step();
            yield return Kind switch
            {
                "keys" => key,
                "values" => value,
                _ => new TupleValue([key, value]),
            };
        }
    }
}
