using Troupe.Models.ChatTemplates.Evaluation;

namespace Troupe.Models.ChatTemplates.Values;

internal abstract class CallableValue : Value
{
    public abstract string Name { get; }

    public override bool IsTrue => true;

    public abstract Value Call(Arguments arguments, RenderSession session);
}
