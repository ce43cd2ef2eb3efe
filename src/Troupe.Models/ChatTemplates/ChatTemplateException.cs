namespace Troupe.Models.ChatTemplates;

/// <summary>
/// A chat template that cannot be parsed, or a conversation that it cannot render: a syntax error, an unknown construct, what the template raised,
/// an evaluation error or a limit. The message is for the caller and names the line of the template.
/// </summary>
public sealed class ChatTemplateException : Exception
{
    internal ChatTemplateException(string message, int line, Exception? inner = null)
        : base($"Chat template, line {line}: {message}", inner) => Line = line;

    /// <summary>The line of the template, from 1.</summary>
    public int Line { get; }
}
