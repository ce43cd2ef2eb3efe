namespace Troupe.Models.Text;

/// <summary>What two neighbouring symbols merge into.</summary>
internal interface IMergeTable
{
    /// <param name="rank">Lower goes first.</param>
    /// <param name="id">The id of their union.</param>
    bool TryGet(int left, int right, out int rank, out int id);
}
