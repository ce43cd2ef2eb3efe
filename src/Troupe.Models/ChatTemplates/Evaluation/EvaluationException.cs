namespace Troupe.Models.ChatTemplates.Evaluation;

/// <summary>An error while a template runs, before the line is known.</summary>
internal sealed class EvaluationException(string message) : Exception(message);
