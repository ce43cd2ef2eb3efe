namespace Troupe.Models.Text;

/// <summary>A half-open span [Start, End) of UTF-16 units.</summary>
public readonly record struct TextSpan(int Start, int End);
