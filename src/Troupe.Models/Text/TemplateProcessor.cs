namespace Troupe.Models.Text;

/// <summary>Puts start and end tokens around one text or between two.</summary>
internal sealed record TemplateProcessor(IReadOnlyList<TemplateProcessor.Piece> SinglePieces, IReadOnlyList<TemplateProcessor.Piece> PairPieces)
{
    /// <param name="Text">0 for the first text, 1 for the second, null for fixed ids.</param>
    public sealed record Piece(int? Text, int[] Ids);

    /// <summary>Adds nothing.</summary>
    public static TemplateProcessor None { get; } = new([new Piece(0, [])], [new Piece(0, []), new Piece(1, [])]);

    /// <param name="add">Whether fixed ids are put in; the texts keep the template's order either way.</param>
    public int[] Single(int[] ids, bool add) => Join(SinglePieces, ids, [], add);

    /// <inheritdoc cref="Single"/>
    public int[] Pair(int[] first, int[] second, bool add) => Join(PairPieces, first, second, add);

    private static int[] Join(IReadOnlyList<Piece> pieces, int[] first, int[] second, bool add) =>
        [.. pieces.SelectMany(piece => piece.Text switch { null => add ? piece.Ids : [], 0 => first, _ => second })];
}
