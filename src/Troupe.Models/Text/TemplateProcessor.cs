namespace Troupe.Models.Text;

/// <summary>Puts start and end tokens around one text or between two. A piece is an id, or null in the place of a text's ids (the first, then the second).</summary>
internal sealed record TemplateProcessor(IReadOnlyList<TemplateProcessor.Piece> SinglePieces, IReadOnlyList<TemplateProcessor.Piece> PairPieces)
{
    /// <param name="Text">0 for the first text, 1 for the second, null for fixed ids.</param>
    public sealed record Piece(int? Text, int[] Ids);

    /// <summary>Adds nothing.</summary>
    public static TemplateProcessor None { get; } = new([new Piece(0, [])], [new Piece(0, []), new Piece(1, [])]);

    public int[] Single(int[] ids, bool add) => Join(add ? SinglePieces : None.SinglePieces, ids, []);

    public int[] Pair(int[] first, int[] second, bool add) => Join(add ? PairPieces : None.PairPieces, first, second);

    private static int[] Join(IReadOnlyList<Piece> pieces, int[] first, int[] second) =>
        [.. pieces.SelectMany(piece => piece.Text switch { null => piece.Ids, 0 => first, _ => second })];
}
