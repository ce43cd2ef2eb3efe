namespace Troupe.Models.ChatTemplates;

/// <summary>What one template may cost. Each limit ends the work with an error that names it.</summary>
public sealed record ChatTemplateLimits
{
    /// <summary>Limits for published templates and conversations of a million characters.</summary>
    public static ChatTemplateLimits Default { get; } = new();

    /// <summary>Longest template, in characters.</summary>
    public int MaxSourceLength { get; init; } = 1 << 18;

    /// <summary>How deep blocks and brackets of a template may nest.</summary>
    public int MaxNesting { get; init; } = 200;

    /// <summary>How deep evaluation may go: nested expressions, macros that call themselves, recursive loops.</summary>
    public int MaxRecursion { get; init; } = 1000;

    /// <summary>
    /// Nodes evaluated and elements looped over in one rendering; an element made for a list counts fourfold. Published templates take 50 to 1000 a
    /// message; some go through all messages for every message, or through a text character by character.
    /// </summary>
    public long MaxSteps { get; init; } = 10_000_000;

    /// <summary>Longest text, of the output or of any string on the way, in characters.</summary>
    public int MaxTextLength { get; init; } = 1 << 24;

    /// <summary>Characters written into strings in one rendering, those of the output included; searching counts a quarter.</summary>
    public long MaxCharacterWork { get; init; } = 1 << 27;

    /// <summary>Most numbers that <c>range</c> gives, as in the reference's sandbox.</summary>
    public int MaxRange { get; init; } = 100_000;

    /// <summary>Largest whole number, in bits.</summary>
    public int MaxIntegerBits { get; init; } = 1 << 13;
}
