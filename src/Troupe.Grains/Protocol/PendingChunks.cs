using Troupe.Contracts.Decoding;
using Troupe.Contracts.Generation;

namespace Troupe.Grains.Protocol;

/// <summary>What an engine has for one owner's silo and has not sent: chunks of a choice that follow one another become one. Not safe for concurrent use.</summary>
internal sealed class PendingChunks
{
    private readonly List<StepChunk> _chunks = [];
    private readonly Dictionary<(GenerationKey Key, long Epoch, int Choice), int> _last = [];

    public bool IsEmpty => _chunks.Count == 0;

    public void Add(StepChunk chunk)
    {
        var name = (chunk.Key, chunk.Epoch, chunk.Choice);
        if (_last.TryGetValue(name, out var at) && Join(_chunks[at], chunk) is { } joined)
        {
            _chunks[at] = joined;
            return;
        }
        _last[name] = _chunks.Count;
        _chunks.Add(chunk);
    }

    /// <summary>Everything, in order; nothing is left.</summary>
    public StepChunk[] Take()
    {
        StepChunk[] taken = [.. _chunks];
        _chunks.Clear();
        _last.Clear();
        return taken;
    }

    private static StepChunk? Join(StepChunk first, StepChunk second) =>
        first.Finish is null && first.FirstIndex + first.TokenIds.Length == second.FirstIndex
            ? first with
            {
                TokenIds = [.. first.TokenIds, .. second.TokenIds],
                Text = first.Text + second.Text,
                Logprobs = [.. first.Logprobs, .. second.Logprobs],
                Finish = second.Finish,
                Error = second.Error,
            }
            : null;
}
