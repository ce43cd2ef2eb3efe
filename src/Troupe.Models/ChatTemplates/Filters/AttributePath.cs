using System.Globalization;
using System.Numerics;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Filters;

/// <summary>An attribute that a filter looks up in each element: names and numbers with dots between them.</summary>
internal sealed class AttributePath
{
    /// <summary>Steps that a part of a path takes: it is made anew in each use of a filter.</summary>
    private const long PartCost = 16;

    private readonly Value[] _parts;
    private readonly Value? _default;
    private readonly Budget _budget;

    /// <param name="attribute">The path; none stands for the element itself.</param>
    /// <param name="session">Pays for the look-ups.</param>
    /// <param name="fallback">Takes the place of what is undefined.</param>
    public AttributePath(Value attribute, RenderSession session, Value? fallback = null)
    {
        (_budget, _default) = (session.Budget, fallback is NoneValue ? null : fallback);
        _parts = attribute switch
        {
            NoneValue => [],
            StringValue text => Parts(text.Text),
            _ => [attribute],
        };
    }

    /// <summary>Several paths with commas between them.</summary>
    public static IReadOnlyList<AttributePath> Several(Value attribute, RenderSession session)
    {
        if (attribute is not StringValue text)
            return [new AttributePath(attribute, session)];
        session.Budget.Write(text.Text.Length);
        session.Budget.Step(PartCost * text.Text.AsSpan().Count(','));
        return [.. text.Text.Split(',').Select(path => new AttributePath(StringValue.Template(path), session))];
    }

    public Value Get(Value item)
    {
        foreach (var part in _parts)
        {
            item = Lookup.Item(item, part, _budget);
            if (_default is not null && item is UndefinedValue)
                item = _default;
        }
        return item;
    }

    private Value[] Parts(string path)
    {
        _budget.Write(path.Length);
        _budget.Step(PartCost * path.AsSpan().Count('.'));
        return [.. path.Split('.').Select(Part)];
    }

    private static Value Part(string text) => text.Length is > 0 and < 1000 && text.All(char.IsAsciiDigit)
        ? new IntValue(BigInteger.Parse(text, CultureInfo.InvariantCulture))
        : StringValue.Template(text);
}
