namespace Troupe.Gateway.Errors;

/// <summary>A command that fails for a reason that whoever gave it can mend. The message is one line: what is wrong, and what to do.</summary>
internal sealed class CommandException(string message, Exception? inner = null) : Exception(message, inner);
