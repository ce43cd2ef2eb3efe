using Troupe.Models.Decoders;

namespace Troupe.Engine.Scheduling;

/// <summary>Which sequences the next step includes and with which rows. Used again for every step.</summary>
internal sealed class StepPlan
{
    private readonly List<Sequence> _members = [];
    private readonly List<SequenceChunk> _chunks = [];

    public IReadOnlyList<Sequence> Members => _members;

    public IReadOnlyList<SequenceChunk> Chunks => _chunks;

    /// <summary>Rows of prompts in this step.</summary>
    public int PromptTokens { get; private set; }

    /// <summary>One row for every sequence that decodes; prompts share what is left of the budget in the order in which they came, at least one row in all.</summary>
    public void Compose(List<Sequence> running, int budget)
    {
        _members.Clear();
        _chunks.Clear();
        PromptTokens = 0;

        var suspect = running.Find(sequence => sequence.Suspect);
        if (suspect is not null)
        {
            Add(suspect, budget);
            return;
        }

        foreach (var sequence in running)
        {
            if (sequence.Pending == 1)
                Add(sequence, 1);
        }

        var left = Math.Max(1, budget - _members.Count);
        foreach (var sequence in running)
        {
            if (left == 0)
                break;
            if (sequence.Pending > 1)
                left -= Add(sequence, left);
        }
    }

    private int Add(Sequence sequence, int limit)
    {
        var chunk = sequence.Next(limit);
        _members.Add(sequence);
        _chunks.Add(chunk);
        PromptTokens += Math.Clamp(sequence.Job.Request.PromptIds.Length - sequence.Cache.Length, 0, chunk.TokenIds.Length);
        return chunk.TokenIds.Length;
    }
}
