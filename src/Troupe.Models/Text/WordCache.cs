namespace Troupe.Models.Text;

/// <summary>
/// Ids of words merged before. A word has one place, and the last one there stays: the size is bounded, and as an entry is never changed
/// after it is stored, readers and writers need no lock.
/// </summary>
internal sealed class WordCache
{
    private const int Places = 1 << 14;
    private const int MaxLength = 48;

    private readonly Entry?[] _entries = new Entry?[Places];

    private sealed record Entry(string Word, int[] Ids);

    public bool TryGet(ReadOnlySpan<char> word, out ReadOnlySpan<int> ids)
    {
        var entry = word.Length <= MaxLength ? Volatile.Read(ref _entries[Place(word)]) : null;
        var found = entry is not null && word.SequenceEqual(entry.Word);
        ids = found ? entry!.Ids : default;
        return found;
    }

    public void Store(ReadOnlySpan<char> word, ReadOnlySpan<int> ids)
    {
        if (word.Length <= MaxLength)
            Volatile.Write(ref _entries[Place(word)], new Entry(word.ToString(), ids.ToArray()));
    }

    private static int Place(ReadOnlySpan<char> word) => string.GetHashCode(word) & (Places - 1);
}
