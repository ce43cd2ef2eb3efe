using Troupe.Contracts.Decoding;
using Troupe.Contracts.Encoding;
using Troupe.Contracts.Generation;
using Troupe.Contracts.Prompts;

namespace Troupe.Grains.Protocol;

/// <summary>What an owner hears. Engines go by the key of their door.</summary>
internal abstract record OwnerInput;

internal sealed record Begin : OwnerInput;

internal sealed record PromptBuilt(PromptResult Prompt) : OwnerInput;

internal sealed record MediumEncoded(int Medium, FeatureHandle Features) : OwnerInput;

/// <summary>Media or prompt could not be made.</summary>
internal sealed record StageFailed(Refusal Refusal) : OwnerInput;

/// <summary>This engine is about to be asked. It comes before the call: tokens may be quicker than the answer.</summary>
internal sealed record EngineChosen(string Engine) : OwnerInput;

internal sealed record EngineAnswered(string Engine, DecodeAnswer Answer) : OwnerInput;

/// <summary>Nobody is left to ask.</summary>
internal sealed record NoEngine(Refusal Refusal) : OwnerInput;

internal sealed record TokensArrived(string Engine, StepChunk Chunk) : OwnerInput;

internal sealed record EngineLost(string Engine) : OwnerInput;

internal sealed record CancelRequested : OwnerInput;
