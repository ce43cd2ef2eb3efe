using Troupe.Contracts.Encoding;
using Troupe.Contracts.Generation;
using Troupe.Contracts.Prompts;

namespace Troupe.Grains.Protocol;

/// <summary>What an owner wants done.</summary>
internal abstract record OwnerOutput;

internal sealed record BuildPrompt : OwnerOutput;

internal sealed record EncodeMedium(int Medium) : OwnerOutput;

/// <summary>Ask the best engine that was not tried yet.</summary>
internal sealed record FindEngine(PromptResult Prompt, FeatureHandle[] Features, IReadOnlySet<string> Tried) : OwnerOutput;

internal sealed record CancelAt(string Engine) : OwnerOutput;

/// <summary>For the readers.</summary>
internal sealed record Emit(GenerationEvent Event) : OwnerOutput;

/// <summary>The features are needed no longer.</summary>
internal sealed record Release(FeatureHandle[] Features) : OwnerOutput;
