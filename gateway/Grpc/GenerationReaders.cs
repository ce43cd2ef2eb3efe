using Troupe.Contracts.Generation;

namespace Troupe.Gateway.Grpc;

/// <summary>How many calls of this gateway read each generation: one that nobody reads any more is cancelled, one that somebody still reads is not.</summary>
internal sealed class GenerationReaders
{
    private readonly Lock _lock = new();
    private readonly Dictionary<GenerationKey, int> _readers = [];

    public void Enter(GenerationKey key)
    {
        lock (_lock)
            _readers[key] = _readers.GetValueOrDefault(key) + 1;
    }

    /// <returns>Whether that was the last one.</returns>
    public bool Leave(GenerationKey key)
    {
        lock (_lock)
        {
            if (--_readers[key] > 0)
                return false;
            _readers.Remove(key);
            return true;
        }
    }
}
