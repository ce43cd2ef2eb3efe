using Troupe.Models.ChatTemplates.Semantics;

namespace Troupe.Models.ChatTemplates.Evaluation;

/// <summary>What is left of the limits in one rendering.</summary>
internal sealed class Budget
{
    private long _steps, _characters;

    public Budget(ChatTemplateLimits limits)
    {
        Limits = limits;
        (_steps, _characters) = (limits.MaxSteps, limits.MaxCharacterWork);
        Comparer = new ValueComparer(this);
    }

    public ChatTemplateLimits Limits { get; }

    /// <summary>Equality of dictionary keys; compares at this budget's expense.</summary>
    public ValueComparer Comparer { get; }

    /// <summary>A node evaluated, an element looped over or compared.</summary>
    public void Step(long count = 1)
    {
        if ((_steps -= count) < 0)
            throw new EvaluationException($"the template takes more than {Limits.MaxSteps} steps ({nameof(ChatTemplateLimits.MaxSteps)}).");
    }

    /// <summary>An element that a list holds on to, looped over already.</summary>
    public void Keep() => Step(3);

    /// <summary>Characters written into a string.</summary>
    public void Write(long count)
    {
        if ((_characters -= count) < 0)
            throw new EvaluationException(
                $"the template writes more than {Limits.MaxCharacterWork} characters on the way ({nameof(ChatTemplateLimits.MaxCharacterWork)}).");
    }

    /// <summary>Characters searched through.</summary>
    public void Search(long count) => Write((count >> 2) + 1);
}
