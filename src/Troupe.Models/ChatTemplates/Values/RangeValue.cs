using System.Numerics;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Semantics;

namespace Troupe.Models.ChatTemplates.Values;

/// <summary>Numbers from a start by a step.</summary>
internal sealed class RangeValue(BigInteger start, BigInteger stop, BigInteger step, int count) : Value
{
    public BigInteger Start { get; } = start;

    public BigInteger Stop { get; } = stop;

    public BigInteger Step { get; } = step;

    public override string TypeName => "range";

    public override int? Length => count;

    public IntValue At(int index) => new(Start + (Step * index));

    public override Value? GetAttribute(string name) => name switch
    {
        "start" => new IntValue(Start),
        "stop" => new IntValue(Stop),
        "step" => new IntValue(Step),
        _ => null,
    };

    public override Value? GetItem(Value key, Budget budget) => Indexes.TryGet(key, count, out var at) ? At(at) : null;

    public override IEnumerable<Value> Iterate(Budget budget)
    {
        for (var index = 0; index < count; index++)
        {
            budget.Step();
            yield return At(index);
        }
    }
}
