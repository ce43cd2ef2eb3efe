namespace Troupe.Models.ChatTemplates.Values;

internal sealed class NoneValue : Value
{
    private NoneValue()
    {
    }

    public static NoneValue Instance { get; } = new();

    public override string TypeName => "NoneType";

    public override string Description => "None";

    public override bool IsTrue => false;
}
