namespace Troupe.Models.Text;

/// <summary>The section <c>model</c> of a byte-level BPE tokenizer.</summary>
/// <param name="Vocabulary">Tokens in the byte-level alphabet to ids, added tokens not included.</param>
/// <param name="Merges">Pairs of ids in order of rank, with the id of their union.</param>
/// <param name="IgnoreMerges">Whether a piece that is a token as a whole is taken as it is.</param>
/// <param name="UnknownId">Stands for a byte that is not in the vocabulary; without one such bytes are dropped.</param>
/// <param name="FuseUnknown">Whether neighbouring unknown bytes become one token.</param>
internal sealed record BytePairModel(
    Dictionary<string, int> Vocabulary,
    IReadOnlyList<((int Left, int Right) Pair, int Rank, int Id)> Merges,
    bool IgnoreMerges,
    int? UnknownId,
    bool FuseUnknown);
