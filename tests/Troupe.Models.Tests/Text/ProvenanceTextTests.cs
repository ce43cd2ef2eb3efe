using CsCheck;
using Troupe.Models.Text;

namespace Troupe.Models.Tests.Text;

public class ProvenanceTextTests
{
    private const string Marker = "<m>";

    /// <summary>Runs of template and caller text in turns; both may hold the marker, whole or in parts.</summary>
    private static readonly Gen<ProvenanceText> s_text =
        Gen.Select(Gen.OneOf("<m>", "<m", ">", "m>", "<", "a", " ", "<m><m>", ""), Gen.Bool).Array[0, 12].Select(Assemble);

    [Fact]
    public void A_span_is_outside_caller_text_when_no_unit_of_it_came_from_a_caller() =>
        Gen.Select(s_text, Gen.Int[0, 40], Gen.Int[0, 40]).Sample((text, a, b) =>
        {
            var (start, end) = (Math.Min(Math.Min(a, b), text.Text.Length), Math.Min(Math.Max(a, b), text.Text.Length));
            return start == end || text.IsOutsideCaller(start, end) == !Enumerable.Range(start, end - start).Any(Owned(text).Contains);
        });

    [Fact]
    public void Markers_are_counted_and_replaced_only_where_no_unit_of_them_came_from_a_caller() =>
        s_text.Sample(text =>
        {
            var replaced = text.Replace(Marker, number => $"[{number}]");
            var (expected, owned, count) = ReplacePlainly(text);
            Assert.Equal(expected, replaced.Text);
            Assert.Equal(owned, Owned(replaced));
            Assert.Equal(count, text.CountOutsideCaller(Marker));
            Assert.Equal(text.CallerSpans.Count, replaced.CallerSpans.Count);
            Assert.All(replaced.CallerSpans.Zip(replaced.CallerSpans.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
            Assert.All(replaced.CallerSpans, span => Assert.True(span.Start < span.End && span.End <= replaced.Text.Length));
            Assert.Equal(Callers(text), Callers(replaced));
        });

    [Fact]
    public void A_replacement_may_hold_the_marker_itself() =>
        Assert.Equal("<m><m>a<m><m>", new ProvenanceText("<m>a<m>", [new TextSpan(3, 4)]).Replace(Marker, _ => "<m><m>").Text);

    internal static ProvenanceText Assemble((string Text, bool Caller)[] runs)
    {
        var spans = new List<TextSpan>();
        var at = 0;
        foreach (var (text, caller) in runs)
        {
            if (caller && text.Length > 0)
                spans.Add(new TextSpan(at, at + text.Length));
            at += text.Length;
        }
        return new ProvenanceText(string.Concat(runs.Select(run => run.Text)), spans);
    }

    private static HashSet<int> Owned(ProvenanceText text) => [.. text.CallerSpans.SelectMany(span => Enumerable.Range(span.Start, span.End - span.Start))];

    private static IEnumerable<string> Callers(ProvenanceText text) => text.CallerSpans.Select(span => text.Text[span.Start..span.End]);

    private static (string Text, HashSet<int> Owned, int Count) ReplacePlainly(ProvenanceText text)
    {
        var source = Owned(text);
        var (result, owned, count) = ("", new HashSet<int>(), 0);
        for (var i = 0; i < text.Text.Length;)
        {
            if (string.CompareOrdinal(text.Text, i, Marker, 0, 3) == 0 && !Enumerable.Range(i, 3).Any(source.Contains))
            {
                result += $"[{count++}]";
                i += 3;
                continue;
            }
            if (source.Contains(i))
                owned.Add(result.Length);
            result += text.Text[i++];
        }
        return (result, owned, count);
    }
}
