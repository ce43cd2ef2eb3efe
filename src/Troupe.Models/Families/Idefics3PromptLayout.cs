using System.Text;
using Troupe.Models.Vision.Idefics3;

namespace Troupe.Models.Families;

/// <summary>
/// The text that stands for a picture in an Idefics3 prompt (transformers, Idefics3Processor). It takes the place of the template's
/// placeholder before the whole prompt is tokenised.
/// </summary>
/// <param name="ImageSequenceLength">Feature rows, and so placeholder tokens, of one tile.</param>
public sealed record Idefics3PromptLayout(int ImageSequenceLength)
{
    public string FakeToken { get; init; } = "<fake_token_around_image>";

    /// <summary>The placeholder that a feature row replaces; also what the chat template writes for a whole picture.</summary>
    public string ImageToken { get; init; } = "<image>";

    public string GlobalToken { get; init; } = "<global-img>";

    /// <param name="row">From 1.</param>
    /// <param name="column">From 1.</param>
    public static string TileToken(int row, int column) => $"<row_{row}_col_{column}>";

    /// <summary>Placeholder tokens in the text of a picture.</summary>
    public int ImageTokens(TileGrid grid) => grid.Tiles * ImageSequenceLength;

    /// <summary>Tiles row by row with a line break after each row, then the whole picture.</summary>
    public string Expand(TileGrid grid)
    {
        var images = string.Concat(Enumerable.Repeat(ImageToken, ImageSequenceLength));
        var text = new StringBuilder();
        for (var row = 1; row <= grid.Rows; row++)
        {
            for (var column = 1; column <= grid.Columns; column++)
                text.Append(FakeToken).Append(TileToken(row, column)).Append(images);
            text.Append('\n');
        }
        if (grid.IsSplit)
            text.Append('\n');
        return text.Append(FakeToken).Append(GlobalToken).Append(images).Append(FakeToken).ToString();
    }
}
