namespace Troupe.Gateway.Commands;

/// <param name="Picture">What is asked about; null for a conversation without a picture.</param>
/// <param name="Prompts">Turns of one conversation, at least one.</param>
/// <param name="MaxTokens">Most tokens of an answer; null leaves it to the model.</param>
/// <param name="Once">Whether to end after the last answer.</param>
/// <param name="Arguments">Settings of the host, in the form <c>--Section:Key=value</c>.</param>
/// <param name="Settings">Settings of the host that override those.</param>
internal sealed record DemoOptions(
    DemoPicture? Picture, IReadOnlyList<string> Prompts, int? MaxTokens, bool Once, string[] Arguments, IReadOnlyDictionary<string, string?> Settings);
