using Troupe.Models.ChatTemplates.Evaluation;

namespace Troupe.Models.ChatTemplates.Values;

/// <summary>Nothing at the first call, the separator from then on.</summary>
internal sealed class JoinerValue(Value separator) : CallableValue
{
    private bool _used;

    public override string Name => "joiner";

    public override string TypeName => "Joiner";

    public override string Description => "jinja2.utils.Joiner object";

    public override Value? GetAttribute(string name) => name switch
    {
        "sep" => separator,
        "used" => BoolValue.Of(_used),
        _ => null,
    };

    public override Value Call(Arguments arguments, RenderSession session)
    {
        arguments.Bind(Name, 0);
        var first = !_used;
        _used = true;
        return first ? StringValue.Empty : separator;
    }
}
