using Troupe.Models.Decoders;

namespace Troupe.Models.Operations;

/// <summary>The rows of one step laid end to end: which sequence each row belongs to, and its position there.</summary>
public sealed class Step
{
    public Step(IReadOnlyList<SequenceChunk> chunks)
    {
        var segments = new Segment[chunks.Count];
        var rows = 0;
        for (var i = 0; i < segments.Length; i++)
        {
            segments[i] = new Segment(chunks[i].Cache, rows, chunks[i].TokenIds.Length, chunks[i].Cache.Length);
            rows += chunks[i].TokenIds.Length;
        }
        Segments = segments;
        TokenIds = new int[rows];
        Positions = new int[rows];
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = segments[i];
            chunks[i].TokenIds.Span.CopyTo(TokenIds.AsSpan(segment.FirstRow));
            for (var row = 0; row < segment.Count; row++)
                Positions[segment.FirstRow + row] = segment.Start + row;
        }
    }

    /// <summary>One for each sequence, in order of their rows.</summary>
    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>(rows)</summary>
    public int[] TokenIds { get; }

    /// <summary>(rows)</summary>
    public int[] Positions { get; }
}

/// <param name="Cache">The sequence's keys and values.</param>
/// <param name="FirstRow">Its first row in the step.</param>
/// <param name="Count">Its number of rows.</param>
/// <param name="Start">Position of its first row: what the cache holds before the step.</param>
public sealed record Segment(ISequenceCache Cache, int FirstRow, int Count, int Start);
