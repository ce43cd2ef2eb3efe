namespace Troupe.Models.ChatTemplates.Evaluation;

/// <summary>How a block ended.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
}
