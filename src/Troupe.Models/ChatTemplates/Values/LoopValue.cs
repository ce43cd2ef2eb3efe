using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Semantics;

namespace Troupe.Models.ChatTemplates.Values;

/// <summary>The <c>loop</c> of a for block.</summary>
internal sealed class LoopValue : CallableValue
{
    private readonly Budget _budget;
    private readonly Func<Value, Value>? _recurse;
    private readonly int _depth;
    private IEnumerator<Value> _source;
    private int? _length;
    private int _index = -1;
    private Value? _before, _current, _after;
    private IReadOnlyList<Value>? _changed;

    /// <param name="iterable">What is looped over.</param>
    /// <param name="depth">From 0, one more in each recursion.</param>
    /// <param name="recurse">Renders the block for inner elements; null unless it is recursive.</param>
    /// <param name="budget">Pays for the elements.</param>
    public LoopValue(Value iterable, int depth, Func<Value, Value>? recurse, Budget budget)
    {
        (_budget, _recurse, _depth) = (budget, recurse, depth);
        _source = Iteration.Over(iterable, budget).GetEnumerator();
        _length = iterable.Length;
    }

    public override string Name => "loop";

    public override string TypeName => "LoopContext";

    public override string Description => "jinja2.runtime.LoopContext object";

    public override bool IsTrue => Length > 0;

    public int Index => _index + 1;

    /// <summary>Number of elements; runs ahead through a generator to know it.</summary>
    public override int? Length => _length ??= Drain();

    /// <summary>The next element; null at the end.</summary>
    public Value? Next()
    {
        var next = Peek();
        if (next is null)
            return null;
        _after = null;
        _index++;
        (_before, _current) = (_current, next);
        return next;
    }

    public override Value? GetAttribute(string name) => name switch
    {
        "index" => new IntValue(Index),
        "index0" => new IntValue(_index),
        "revindex" => new IntValue(Length!.Value - _index),
        "revindex0" => new IntValue(Length!.Value - Index),
        "length" => new IntValue(Length!.Value),
        "first" => BoolValue.Of(_index == 0),
        "last" => BoolValue.Of(Peek() is null),
        "depth" => new IntValue(_depth + 1),
        "depth0" => new IntValue(_depth),
        "previtem" => _before ?? new UndefinedValue("there is no previous item"),
        "nextitem" => Peek() ?? new UndefinedValue("there is no next item"),
        "cycle" => new BuiltinFunction(name, (arguments, _) => Cycle(arguments.Positional)),
        "changed" => new BuiltinFunction(name, (arguments, _) => BoolValue.Of(HasChanged(arguments.Positional))),
        _ => null,
    };

    public override Value Call(Arguments arguments, RenderSession session)
    {
        var iterable = arguments.Bind(Name, 1, "iterable")[0]!;
        return _recurse is { } recurse
            ? recurse(iterable)
            : throw new EvaluationException("The loop must have the 'recursive' marker to be called recursively.");
    }

    private Value? Peek() => _after ??= _source.MoveNext() ? _source.Current : null;

    private int Drain()
    {
        var rest = new List<Value>();
        while (_source.MoveNext())
        {
            _budget.Keep();
            rest.Add(_source.Current);
        }
        _source = rest.GetEnumerator();
        return rest.Count + Index + (_after is null ? 0 : 1);
    }

    private Value Cycle(IReadOnlyList<Value> items) =>
        items.Count > 0 ? items[_index % items.Count] : throw new EvaluationException("no items for cycling given");

    private bool HasChanged(IReadOnlyList<Value> values)
    {
        var same = _changed is { } last && last.Count == values.Count && last.Zip(values).All(pair => _budget.Comparer.Equals(pair.First, pair.Second));
        _changed = values;
        return !same;
    }
}
