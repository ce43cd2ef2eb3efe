using Troupe.Models.Decoders;
using Troupe.Models.Families;

namespace Troupe.Parity.Product;

/// <summary>Token ids with their media, ready for decoder or engine.</summary>
public sealed record PreparedPrompt(int[] Ids, IReadOnlyList<MediaSlot> Slots, IReadOnlyList<FeatureSet> Media)
{
    public static PreparedPrompt Text(int[] ids) => new(ids, [], []);

    public SequenceChunk Whole(ISequenceCache cache, LogitRows logits) => Chunk(cache, 0, Ids.Length, logits);

    /// <summary>The rows from <paramref name="start"/> on, with the features that stand among them.</summary>
    public SequenceChunk Chunk(ISequenceCache cache, int start, int length, LogitRows logits)
    {
        var features = new List<FeatureRows>();
        foreach (var slot in Slots)
        {
            var (from, to) = (Math.Max(start, slot.Position), Math.Min(start + length, slot.Position + slot.Length));
            if (from < to)
                features.Add(new FeatureRows(Media[slot.Medium], slot.FeatureStart + from - slot.Position, from - start, to - from));
        }
        return new SequenceChunk(cache, Ids.AsMemory(start, length), features, logits);
    }
}
