using Troupe.Parity.Goldens;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>Rows of different lengths as the reference lays them out: filled up on one side.</summary>
internal sealed record PaddedBatch(GoldenCase Golden, bool Left, int Pad)
{
    /// <summary>A recorded tensor (rows, length) against rows of the product.</summary>
    public void Compare(CaseReport report, string tensor, IReadOnlyList<int[]> rows, int padding)
    {
        var length = Golden.Tensor(tensor).Width;
        report.Tensor(tensor, [.. rows.SelectMany(row => Fill(row, length, padding))]);
    }

    private IEnumerable<int> Fill(int[] row, int length, int padding)
    {
        var filling = Enumerable.Repeat(padding, Math.Max(0, length - row.Length));
        return Left ? filling.Concat(row) : row.Concat(filling);
    }
}
