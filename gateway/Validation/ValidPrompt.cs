using Troupe.Contracts.Generation;
using Troupe.Contracts.Prompts;

namespace Troupe.Gateway.Validation;

/// <summary>A conversation that passed the door, to be counted.</summary>
internal sealed record ValidPrompt(ModelRevision Model, PromptRequest Request);
