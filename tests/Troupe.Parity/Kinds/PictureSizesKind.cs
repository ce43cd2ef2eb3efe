using Troupe.Models.Families;
using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>Sizes of pictures to sizes after resizing, tile grid and number of placeholder tokens, without pixels.</summary>
public sealed class PictureSizesKind : ICaseKind
{
    public bool Takes(GoldenCase golden) => golden.Kind == "picture_sizes";

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        var processor = ImageProcessorKind.Processor(model);
        foreach (var row in golden.Records("rows"))
        {
            var picture = new PictureSize(row.Number("width"), row.Number("height"));
            var grid = processor.Plan(picture);
            report.Ids($"{picture.Width} x {picture.Height}",
                [.. row.Numbers("resized_hw"), .. row.Numbers("tiling_hw"), row.Number("rows"), row.Number("cols")],
                [grid.Resized.Height, grid.Resized.Width, grid.Tiling.Height, grid.Tiling.Width, grid.Rows, grid.Columns]);
            report.Fact($"{picture.Width} x {picture.Height} tokens",
                model.Prompts.ImageTokens(picture, PictureOptions.Default) % grid.Tiles == 0, () => "the tokens are not whole tiles");
        }
    }
}
