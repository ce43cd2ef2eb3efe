namespace Troupe.Engine.Sampling;

/// <summary>The ids of one choice: the prompt's and those drawn so far, and what the penalties count in them.</summary>
public sealed class TokenHistory
{
    private readonly Dictionary<int, int> _generatedCounts = [];
    private readonly HashSet<int> _distinct = [];
    private int[] _ids;

    public TokenHistory(ReadOnlySpan<int> promptIds)
    {
        _ids = new int[promptIds.Length + 64];
        promptIds.CopyTo(_ids);
        PromptLength = Length = promptIds.Length;
        foreach (var id in promptIds)
            _distinct.Add(id);
    }

    public int PromptLength { get; }

    /// <summary>Prompt and answer together.</summary>
    public int Length { get; private set; }

    public int GeneratedLength => Length - PromptLength;

    /// <summary>Prompt and answer.</summary>
    public ReadOnlyMemory<int> Ids => _ids.AsMemory(0, Length);

    /// <summary>How often each id stands in the answer.</summary>
    internal Dictionary<int, int> GeneratedCounts => _generatedCounts;

    /// <summary>The ids of prompt and answer, each once.</summary>
    internal HashSet<int> Distinct => _distinct;

    public void Append(int id)
    {
        // Steps in flight may still read the old array; its content stays as it is.
        if (Length == _ids.Length)
            Array.Resize(ref _ids, 2 * _ids.Length);

        _ids[Length++] = id;
        _distinct.Add(id);
        _generatedCounts[id] = _generatedCounts.GetValueOrDefault(id) + 1;
    }
}
