using Troupe.Models.Decoders;

namespace Troupe.Engine.Scheduling;

/// <summary>One key/value cache and the choices that grow on it: all of a request's while the prompt is read, one afterwards.</summary>
internal sealed class Sequence(EngineJob job, Choice[] choices, ISequenceCache cache) : IDisposable
{
    public EngineJob Job => job;

    public Choice[] Choices => choices;

    public ISequenceCache Cache { get; private set; } = cache;

    /// <summary>A step with this sequence in it failed; it goes alone until it has drawn a token again.</summary>
    public bool Suspect { get; set; }

    /// <summary>The last step gave it tokens.</summary>
    public bool Drawn { get; set; }

    /// <summary>Ids whose keys and values are not in the cache yet; the last drawn token is always one of them.</summary>
    public int Pending => choices[0].State.History.Length - Cache.Length;

    /// <summary>The next rows, at most <paramref name="limit"/>.</summary>
    public SequenceChunk Next(int limit)
    {
        var start = Cache.Length;
        var length = Math.Min(Pending, limit);
        return new(
            Cache,
            choices[0].State.History.Ids.Slice(start, length),
            FeaturesOf(start, length),
            length == Pending ? LogitRows.Last : LogitRows.None);
    }

    /// <summary>Forgets keys and values: they are computed again from the ids.</summary>
    public void StartOver(IDecoder decoder)
    {
        Cache.Dispose();
        Cache = decoder.CreateCache();
    }

    /// <summary>After a step that drew tokens: each choice that goes on, with a cache of its own. Nothing is left of this sequence unless it is the only one.</summary>
    public IReadOnlyList<Sequence> Split()
    {
        var going = choices.Where(choice => choice.State.Finish is null).ToArray();
        if (going.Length == 0)
            Dispose();
        if (going.Length == choices.Length && choices.Length == 1)
            return [this];

        var split = new List<Sequence>(going.Length);
        try
        {
            foreach (var choice in going)
                split.Add(new(job, [choice], split.Count == 0 ? Cache : Cache.Fork()));
        }
        catch
        {
            foreach (var fork in split.Skip(1))
                fork.Dispose();
            throw;
        }

        return split;
    }

    public void Dispose() => Cache.Dispose();

    private FeatureRows[] FeaturesOf(int start, int length)
    {
        var request = job.Request;
        if (request.Slots.Count == 0 || start >= request.PromptIds.Length)
            return [];

        var rows = new List<FeatureRows>();
        foreach (var slot in request.Slots)
        {
            var from = Math.Max(start, slot.Position);
            var to = Math.Min(start + length, slot.Position + slot.Length);
            if (from < to)
                rows.Add(new(request.Media[slot.Medium], slot.FeatureStart + from - slot.Position, from - start, to - from));
        }

        return [.. rows];
    }
}
