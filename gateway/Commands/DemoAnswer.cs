using Troupe.Contracts.V1;

namespace Troupe.Gateway.Commands;

internal sealed record DemoAnswer(string Text, int PromptTokens, int CompletionTokens, TimeSpan TimeToFirstToken, double TokensPerSecond, FinishReason Finish);
