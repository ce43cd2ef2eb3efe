namespace Troupe.Engine.Sampling;

/// <summary>No token can be drawn: a logit is NaN or plus infinity, or the rules left no token. The message says which.</summary>
public sealed class InvalidLogitsException(string message) : Exception(message);
