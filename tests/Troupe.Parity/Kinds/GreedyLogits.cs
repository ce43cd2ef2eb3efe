using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>What references record of the logits of a greedy run.</summary>
internal static class GreedyLogits
{
    /// <summary>The largest logits of each step in falling order: (steps * count)</summary>
    public static (int[] Ids, float[] Values) Top(IReadOnlyList<float[]> steps, int count)
    {
        int[][] best = [.. steps.Select(logits => Enumerable.Range(0, logits.Length).OrderByDescending(id => logits[id]).Take(count).ToArray())];
        return ([.. best.SelectMany(ids => ids)], [.. best.SelectMany((ids, step) => ids.Select(id => steps[step][id]))]);
    }

    /// <summary>Largest minus second largest logit of each step.</summary>
    public static float[] Margins(IReadOnlyList<float[]> steps) =>
        [.. Top(steps, 2).Values.Chunk(2).Select(pair => pair[0] - pair[1])];

    /// <summary>
    /// Tokens of a bfloat16 run, of which neighbours may be a rounding step apart: each recorded token is, within the tolerance, as likely
    /// as the likeliest when the run is made to follow the recorded ones.
    /// </summary>
    public static void Follow(CaseReport report, string name, IReadOnlyList<int> tokens, IReadOnlyList<float[]> steps)
    {
        double[] best = [.. steps.Select(logits => (double)logits.Max())];
        report.Values($"{name} (followed)", best, [.. tokens.Select((token, step) => (double)steps[step][token])], Precision.BFloat16);
    }
}
