namespace Troupe.Gateway.Commands;

/// <param name="Picture">What is asked about; null for a conversation without a picture.</param>
/// <param name="Prompts">Turns of one conversation, at least one.</param>
/// <param name="MaxTokens">Most tokens of an answer; null leaves it to the model.</param>
/// <param name="Once">Whether to end after the last answer.</param>
/// <param name="Settings">Settings of the host that were given.</param>
internal sealed record DemoOptions(DemoPicture? Picture, IReadOnlyList<string> Prompts, int? MaxTokens, bool Once, IReadOnlyDictionary<string, string?> Settings);
