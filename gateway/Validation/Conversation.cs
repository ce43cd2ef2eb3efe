using Troupe.Contracts.Generation;
using Troupe.Contracts.Prompts;

namespace Troupe.Gateway.Validation;

/// <summary>Turns and media of a request.</summary>
/// <param name="Turns">Oldest first.</param>
/// <param name="Media">Pictures in order of appearance.</param>
/// <param name="MediaBytes">Their files, in the same order.</param>
internal sealed record Conversation(Turn[] Turns, MediaReference[] Media, IReadOnlyList<ReadOnlyMemory<byte>> MediaBytes);
