using System.Text;
using CsCheck;
using Troupe.Engine.Stopping;

namespace Troupe.Engine.Tests.Stopping;

public sealed class StopStringMatcherTests
{
    private static readonly Gen<string> s_text = Gen.Char["abc"].Array[0, 40].Select(characters => new string(characters));
    private static readonly Gen<string[]> s_stops = Gen.Char["abc"].Array[1, 5].Select(characters => new string(characters)).Array[0, 3];

    /// <summary>However the text is cut into pieces, the answer is the one found by searching the whole text.</summary>
    [Fact]
    public void The_answer_ends_before_the_first_stop_string_wherever_the_pieces_are_cut() =>
        Gen.Select(s_text, s_stops, Gen.Int[1, 4].Array[40]).Sample((text, stops, sizes) =>
        {
            var matcher = new StopStringMatcher(stops);
            var answer = new StringBuilder();
            var taken = 0;
            for (var piece = 0; taken < text.Length; piece++)
            {
                var size = Math.Min(sizes[piece], text.Length - taken);
                answer.Append(matcher.Append(text.Substring(taken, size)));
                taken += size;

                // Nothing is held that no stop string begins with, and everything is that one does.
                if (!matcher.Stopped)
                    Assert.Equal(text[..(taken - LongestBeginning(text[..taken], stops))], answer.ToString());
            }

            answer.Append(matcher.Flush());
            var (expected, stopped) = FirstStop(text, stops);
            return answer.ToString() == expected && matcher.Stopped == stopped;
        });

    [Fact]
    public void Of_stop_strings_that_end_together_the_longest_is_cut_off()
    {
        var matcher = new StopStringMatcher(["c", "abc"]);
        Assert.Equal("x", matcher.Append("xabcd"));
        Assert.True(matcher.Stopped);
        Assert.Equal("", matcher.Append("more") + matcher.Flush());
    }

    private static int LongestBeginning(string text, string[] stops) =>
        Enumerable.Range(0, text.Length + 1).Last(length => stops.Any(stop => length < stop.Length && text.EndsWith(stop[..length], StringComparison.Ordinal)) || length == 0);

    private static (string Answer, bool Stopped) FirstStop(string text, string[] stops)
    {
        for (var end = 1; end <= text.Length; end++)
        {
            var found = stops.Where(stop => text[..end].EndsWith(stop, StringComparison.Ordinal)).ToArray();
            if (found.Length > 0)
                return (text[..(end - found.Max(stop => stop.Length))], true);
        }

        return (text, false);
    }
}
