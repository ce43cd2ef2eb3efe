namespace Troupe.Models.Vision;

/// <summary>Position ids of patches in tiles that may be partly padding (Idefics2, Idefics3 and SmolVLM).</summary>
internal static class PatchPositions
{
    /// <summary>
    /// The real part of a tile is spread over the whole position table: the fractional coordinate of each real patch, in float32, falls into
    /// one of <paramref name="tableSide"/> buckets. Padding takes position 0.
    /// </summary>
    /// <param name="real">(side * side) of one tile</param>
    /// <param name="side">Patches along a side of the tile.</param>
    /// <param name="tableSide">Positions along a side of the table.</param>
    /// <param name="ids">(side * side) to fill</param>
    public static void Fill(ReadOnlySpan<bool> real, int side, int tableSide, Span<int> ids)
    {
        int rows = 0, columns = 0;
        for (var i = 0; i < side; i++)
        {
            rows += real[i * side] ? 1 : 0;
            columns += real[i] ? 1 : 0;
        }
        var boundaries = Boundaries(tableSide);
        for (var row = 0; row < side; row++)
            for (var column = 0; column < side; column++)
                ids[row * side + column] = real[row * side + column]
                    ? Bucket(row, rows, boundaries) * tableSide + Bucket(column, columns, boundaries)
                    : 0;
    }

    /// <summary>arange(1 / side, 1, 1 / side) in float32</summary>
    private static float[] Boundaries(int side)
    {
        var step = 1.0 / side;
        var boundaries = new float[(int)Math.Ceiling((1 - step) / step)];
        for (var i = 0; i < boundaries.Length; i++)
            boundaries[i] = (float)(step + i * step);
        return boundaries;
    }

    private static int Bucket(int index, int count, float[] boundaries)
    {
        var coordinate = MathF.Min(index * (1f / count), 1f - 1e-6f);
        var bucket = 0;
        while (bucket < boundaries.Length && boundaries[bucket] <= coordinate)
            bucket++;
        return bucket;
    }
}
