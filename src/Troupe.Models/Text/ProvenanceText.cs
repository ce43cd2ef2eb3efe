using System.Text;

namespace Troupe.Models.Text;

/// <summary>A rendered text that remembers which of its characters came from a caller (through filters, slices and concatenation).</summary>
/// <param name="Text">The whole text.</param>
/// <param name="CallerSpans">Spans from caller strings: sorted, disjoint, not empty.</param>
public sealed record ProvenanceText(string Text, IReadOnlyList<TextSpan> CallerSpans)
{
    /// <summary>Whether [start, end) holds no character from a caller.</summary>
    public bool IsOutsideCaller(int start, int end)
    {
        int low = 0, high = CallerSpans.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (CallerSpans[middle].End <= start)
                low = middle + 1;
            else
                high = middle;
        }
        return low == CallerSpans.Count || CallerSpans[low].Start >= end;
    }

    /// <summary>How often a marker stands wholly outside caller text.</summary>
    public int CountOutsideCaller(string marker) => Find(marker).Count();

    /// <summary>Each marker that stands wholly outside caller text, replaced by text of the template's; the argument is the marker's number from 0.</summary>
    public ProvenanceText Replace(string marker, Func<int, string> replacement)
    {
        var text = new StringBuilder();
        var spans = new List<TextSpan>(CallerSpans.Count);
        int copied = 0, span = 0, number = 0;
        foreach (var at in Find(marker).Append(Text.Length))
        {
            for (; span < CallerSpans.Count && CallerSpans[span].Start < at; span++)
                spans.Add(new TextSpan(CallerSpans[span].Start - copied + text.Length, CallerSpans[span].End - copied + text.Length));
            text.Append(Text, copied, at - copied);
            copied = at;
            if (at == Text.Length)
                break;
            text.Append(replacement(number++));
            copied += marker.Length;
        }
        return new ProvenanceText(text.ToString(), spans);
    }

    private IEnumerable<int> Find(string marker)
    {
        for (var at = Text.IndexOf(marker, StringComparison.Ordinal); at >= 0;)
        {
            var outside = IsOutsideCaller(at, at + marker.Length);
            if (outside)
                yield return at;
            at = Text.IndexOf(marker, at + (outside ? marker.Length : 1), StringComparison.Ordinal);
        }
    }
}
