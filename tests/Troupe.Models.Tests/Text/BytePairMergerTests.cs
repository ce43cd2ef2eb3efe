using CsCheck;
using Troupe.Models.Text;

namespace Troupe.Models.Tests.Text;

public class BytePairMergerTests
{
    /// <summary>Three letters and random merges of them, so that pairs overlap and unions merge again.</summary>
    private static readonly Gen<List<((int Left, int Right) Pair, int Rank, int Id)>> s_merges = Gen.Int[0, 1_000_000].Array[0, 12].Select(seeds =>
    {
        var merges = new List<((int, int), int, int)>();
        foreach (var seed in seeds)
        {
            var known = 3 + merges.Count;
            merges.Add(((seed % known, seed / known % known), merges.Count, known));
        }
        return merges;
    });

    [Fact]
    public void Merging_equals_taking_the_lowest_pair_of_the_whole_word_again_and_again() =>
        Gen.Select(s_merges, Gen.Int[0, 2].Array[0, 120]).Sample((merges, word) =>
        {
            var ids = new List<int>();
            new BytePairMerger(new MergeTable(merges)).Merge(word.ToArray(), ids);
            return ids.SequenceEqual(Plainly(merges, word));
        }, iter: 3000);

    [Theory]
    [InlineData("aaaa")]
    [InlineData("    ")]
    [InlineData("abcdefgh")]
    [InlineData("<<<<")]
    public void The_lookups_of_a_long_word_grow_with_its_length_only(string part)
    {
        List<((int, int), int, int)> merges = [((0, 0), 0, 3), ((1, 2), 1, 4), ((3, 3), 2, 5), ((1, 1), 3, 6), ((0, 4), 4, 7), ((5, 5), 5, 8)];
        var word = string.Concat(Enumerable.Repeat(part, 25_000)).Select(letter => letter % 3).ToArray();
        var counted = new CountingMerges(new MergeTable(merges));
        new BytePairMerger(counted).Merge(word, []);
        Assert.InRange(counted.Lookups, word.Length - 1, 3 * word.Length);
    }

    [Fact]
    public void Of_a_pair_that_comes_twice_the_later_rank_holds()
    {
        var table = new MergeTable([((1, 2), 0, 9), ((2, 3), 1, 8), ((1, 2), 2, 9)]);
        Assert.True(table.TryGet(1, 2, out var rank, out var id));
        Assert.Equal((2, 9), (rank, id));
        Assert.False(table.TryGet(2, 1, out _, out _));
    }

    private static List<int> Plainly(List<((int Left, int Right) Pair, int Rank, int Id)> merges, int[] word)
    {
        var ranks = merges.ToLookup(merge => merge.Pair).ToDictionary(same => same.Key, same => same.Last());
        var symbols = word.ToList();
        while (true)
        {
            var best = Enumerable.Range(0, Math.Max(0, symbols.Count - 1)).Where(i => ranks.ContainsKey((symbols[i], symbols[i + 1])))
                .OrderBy(i => ranks[(symbols[i], symbols[i + 1])].Rank).Select(i => (int?)i).FirstOrDefault();
            if (best is not { } at)
                return symbols;
            symbols[at] = ranks[(symbols[at], symbols[at + 1])].Id;
            symbols.RemoveAt(at + 1);
        }
    }

    private sealed class CountingMerges(IMergeTable merges) : IMergeTable
    {
        public int Lookups { get; private set; }

        public bool TryGet(int left, int right, out int rank, out int id)
        {
            Lookups++;
            return merges.TryGet(left, right, out rank, out id);
        }
    }
}
