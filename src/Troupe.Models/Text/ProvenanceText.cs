namespace Troupe.Models.Text;

/// <summary>A half-open span [Start, End) of UTF-16 units.</summary>
public readonly record struct TextSpan(int Start, int End);

/// <summary>A rendered text that remembers which of its characters came from a caller (through filters, slices and concatenation).</summary>
/// <param name="Text">The whole text.</param>
/// <param name="CallerSpans">Spans from caller strings: sorted, disjoint, not empty.</param>
public sealed record ProvenanceText(string Text, IReadOnlyList<TextSpan> CallerSpans);
