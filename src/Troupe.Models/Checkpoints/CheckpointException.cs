namespace Troupe.Models.Checkpoints;

/// <summary>A checkpoint folder that cannot be loaded. The message names the file, what was found, what was expected and what to do.</summary>
public sealed class CheckpointException(string message, Exception? inner = null) : Exception(message, inner);
