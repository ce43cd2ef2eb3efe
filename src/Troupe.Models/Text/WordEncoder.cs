using System.Text;

namespace Troupe.Models.Text;

/// <summary>One piece of text to ids: its bytes, merged.</summary>
internal sealed class WordEncoder
{
    private readonly BytePairModel _model;
    private readonly int[] _byteIds = new int[256];
    private readonly BytePairMerger _merger;
    private readonly IReadOnlySet<int> _reserved;
    private readonly BytePairMerger? _withoutReserved;
    private readonly WordCache _cache = new();

    /// <param name="reserved">Ids that caller text never becomes, even where a merge makes one.</param>
    public WordEncoder(BytePairModel model, IReadOnlySet<int> reserved)
    {
        (_model, _reserved) = (model, reserved);
        for (var value = 0; value < 256; value++)
            _byteIds[value] = model.Vocabulary.GetValueOrDefault(ByteLevelAlphabet.Character((byte)value).ToString(), -1);
        _merger = new BytePairMerger(new MergeTable(model.Merges));
        var allowed = model.Merges.Where(merge => !reserved.Contains(merge.Id)).ToList();
        if (allowed.Count < model.Merges.Count || (model.IgnoreMerges && model.Vocabulary.Values.Any(reserved.Contains)))
            _withoutReserved = new BytePairMerger(new MergeTable(allowed));
    }

    /// <param name="guarded">Whether the word may hold caller text.</param>
    public void Encode(ReadOnlySpan<char> word, bool guarded, List<int> ids)
    {
        var start = ids.Count;
        if (_cache.TryGet(word, out var known))
            ids.AddRange(known);
        else
        {
            Merge(word, _merger, _model.IgnoreMerges, ids);
            _cache.Store(word, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(ids)[start..]);
        }
        if (guarded && _withoutReserved is not null && ids.Skip(start).Any(_reserved.Contains))
        {
            ids.RemoveRange(start, ids.Count - start);
            Merge(word, _withoutReserved, whole: false, ids);
        }
    }

    private void Merge(ReadOnlySpan<char> word, BytePairMerger merger, bool whole, List<int> ids)
    {
        const int StackBytes = 256;
        var length = Encoding.UTF8.GetMaxByteCount(word.Length);
        var bytes = length <= StackBytes ? stackalloc byte[StackBytes] : new byte[length];
        bytes = bytes[..Encoding.UTF8.GetBytes(word, bytes)];
        if (whole && TryWhole(bytes, out var id))
        {
            ids.Add(id);
            return;
        }
        Span<int> symbols = bytes.Length <= StackBytes ? stackalloc int[StackBytes] : new int[bytes.Length];
        var count = 0;
        var unknownBefore = false;
        foreach (var value in bytes)
        {
            var unknown = _byteIds[value] < 0;
            if (!unknown)
                symbols[count++] = _byteIds[value];
            else if (_model.UnknownId is { } unknownId && !(unknownBefore && _model.FuseUnknown))
                symbols[count++] = unknownId;
            unknownBefore = unknown;
        }
        merger.Merge(symbols[..count], ids);
    }

    private bool TryWhole(ReadOnlySpan<byte> bytes, out int id)
    {
        Span<char> token = bytes.Length <= 256 ? stackalloc char[bytes.Length] : new char[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
            token[i] = ByteLevelAlphabet.Character(bytes[i]);
        return _model.Vocabulary.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(token, out id);
    }
}
