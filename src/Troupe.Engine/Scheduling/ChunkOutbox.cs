namespace Troupe.Engine.Scheduling;

/// <summary>Gathers the chunks of a step by receiver.</summary>
internal sealed class ChunkOutbox
{
    private readonly Dictionary<ITokenReceiver, List<TokenChunk>> _byReceiver = new(ReferenceEqualityComparer.Instance);

    public void Add(ITokenReceiver receiver, TokenChunk chunk)
    {
        if (!_byReceiver.TryGetValue(receiver, out var chunks))
            _byReceiver.Add(receiver, chunks = []);
        chunks.Add(chunk);
    }

    /// <summary>Calls each receiver once with all that is for it; an exception goes to <paramref name="failed"/> and stops nobody.</summary>
    public void Deliver(Action<Exception> failed)
    {
        foreach (var (receiver, chunks) in _byReceiver)
        {
            try
            {
                receiver.Receive(chunks);
            }
            catch (Exception exception)
            {
                failed(exception);
            }
        }

        _byReceiver.Clear();
    }
}
