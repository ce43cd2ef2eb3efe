using System.Numerics;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Semantics;

namespace Troupe.Models.ChatTemplates.Values;

/// <summary>Numbers from a start by a step.</summary>
internal sealed class RangeValue(BigInteger start, BigInteger stop, BigInteger step, int count, bool fromCaller) : Value
{
    public BigInteger Start { get; } = start;

    public BigInteger Stop { get; } = stop;

    public BigInteger Step { get; } = step;

    /// <summary>Whether one of its bounds came from a caller: its numbers did then.</summary>
    public bool FromCaller { get; } = fromCaller;

    public override string TypeName => "range";

    public override int? Length => count;

    public IntValue At(int index) => new(Start + (Step * index), FromCaller);

    public override Value? GetAttribute(string name) => name switch
    {
        "start" => new IntValue(Start, FromCaller),
        "stop" => new IntValue(Stop, FromCaller),
        "step" => new IntValue(Step, FromCaller),
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
