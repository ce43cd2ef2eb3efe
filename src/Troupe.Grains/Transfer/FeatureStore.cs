using Troupe.Contracts.Encoding;
using Troupe.Contracts.Transfer;

namespace Troupe.Grains.Transfer;

/// <summary>
/// Features that this silo's encoder made, bounded in bytes: the least recently used go, those that a running request holds stay. The
/// cluster's cache of encoder outputs. Safe for concurrent use.
/// </summary>
internal sealed class FeatureStore(long maxBytes)
{
    public const string Prefix = "features/";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = new(); // least recently used first
    private long _bytes;

    /// <summary>Bytes kept now.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
                return _bytes;
        }
    }

    /// <summary>The features and a hold on them; null when they are not here.</summary>
    public FeatureHandle? Hold(string key, Holder holder)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var node))
                return null;
            node.Value.Holders.Add(holder);
            Touch(node);
            return node.Value.Handle;
        }
    }

    /// <summary>Keeps new features.</summary>
    /// <returns>False when they do not fit beside those that are held.</returns>
    public bool TryAdd(string key, FeatureHandle handle, byte[] data)
    {
        lock (_lock)
        {
            if (_entries.ContainsKey(key))
                return true;
            if (!MakeRoom(data.Length))
                return false;
            _entries[key] = _byUse.AddLast(new Entry(key, handle, data, []));
            _bytes += data.Length;
            return true;
        }
    }

    public void Release(string key, Holder holder)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var node))
                node.Value.Holders.Remove(holder);
        }
    }

    /// <summary>A silo is gone: its requests hold nothing any more.</summary>
    public void ReleaseAll(SiloAddress silo)
    {
        lock (_lock)
        {
            foreach (var entry in _byUse)
                entry.Holders.RemoveWhere(holder => holder.Silo.Equals(silo));
        }
    }

    public ReadOnlyMemory<byte>? Find(string key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var node))
                return null;
            Touch(node);
            return node.Value.Data;
        }
    }

    private void Touch(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _byUse.AddLast(node);
    }

    private bool MakeRoom(long needed)
    {
        var held = _byUse.Where(entry => entry.Holders.Count > 0).Sum(entry => (long)entry.Data.Length);
        if (held + needed > maxBytes)
            return false;
        for (var node = _byUse.First; node is not null && _bytes + needed > maxBytes;)
        {
            var next = node.Next;
            if (node.Value.Holders.Count == 0)
            {
                _byUse.Remove(node);
                _entries.Remove(node.Value.Key);
                _bytes -= node.Value.Data.Length;
            }
            node = next;
        }
        return true;
    }

    private sealed record Entry(string Key, FeatureHandle Handle, byte[] Data, HashSet<Holder> Holders);
}
