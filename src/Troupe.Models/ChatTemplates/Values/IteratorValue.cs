using Troupe.Models.ChatTemplates.Evaluation;

namespace Troupe.Models.ChatTemplates.Values;

/// <summary>A generator: true, without a length, and gone once it was looped over.</summary>
internal sealed class IteratorValue(IEnumerable<Value> source, string typeName = "generator") : Value
{
    private IEnumerator<Value>? _source;

    public override string TypeName => typeName;

    public override bool IsTrue => true;

    public override IEnumerable<Value> Iterate(Budget budget)
    {
        _source ??= source.GetEnumerator();
        while (_source.MoveNext())
        {
            budget.Step();
            yield return _source.Current;
        }
    }
}
