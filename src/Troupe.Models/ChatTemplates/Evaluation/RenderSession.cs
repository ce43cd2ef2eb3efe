using System.Runtime.CompilerServices;

namespace Troupe.Models.ChatTemplates.Evaluation;

/// <summary>The state of one rendering.</summary>
internal sealed class RenderSession(ChatTemplateLimits limits, DateTimeOffset? now)
{
    private int _depth;

    public Budget Budget { get; } = new(limits);

    public DateTimeOffset? Now => now;

    /// <summary>The line of the template that is being evaluated.</summary>
    public int Line { get; set; } = 1;

    /// <summary>One level deeper: a nested expression, block or call. Ends with <see cref="Leave"/>.</summary>
    public void Enter()
    {
        Budget.Step();
        if (++_depth > limits.MaxRecursion)
            throw new EvaluationException(
                $"evaluation nests deeper than {limits.MaxRecursion} levels ({nameof(ChatTemplateLimits.MaxRecursion)}).");
        RuntimeHelpers.EnsureSufficientExecutionStack();
    }

    public void Leave() => _depth--;
}
