using System.Security.Cryptography;
using System.Text;
using Troupe.Models.Families;
using Troupe.Models.Vision;
using Troupe.Models.Vision.Idefics3;
using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>Picture files to decoded pixels, tiles and prompt, by the settings of a published checkpoint. Needs no weights.</summary>
public sealed class ImageProcessorKind : ICaseKind
{
    public bool Takes(GoldenCase golden) => golden.Kind == "image_processor";

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        var files = (golden.Has("image") ? [golden.Text("image")] : golden.Texts("images")).Select(golden.Input).ToArray();
        var route = golden.Text("route") == "path" ? PictureRoute.Path : PictureRoute.Object;
        var options = new PictureOptions(golden.Optional("do_image_splitting")?.GetBoolean());
        RgbPicture[] pictures = [.. files.Select(file => PictureDecoder.Decode(file, PictureLimits.Default, route))];
        if (files.Length == 1)
            Decoded(golden, report, PictureHeader.Read(files[0], PictureLimits.Default), pictures[0], route);

        var processor = Processor(model);
        PreparedPicture[] prepared = [.. pictures.Select(picture => processor.Process(picture, options.Split))];
        Tiles(golden, report, [.. prepared.SelectMany(picture => TileStatistics.From(picture, Idefics3ImageSettings.From(model.Checkpoint.Preprocessor!)))]);
        if (files.Length == 1)
            Grid(golden, report, processor.Plan(SizeOf(pictures[0]), options.Split), prepared[0]);
        Prompt(golden, report, model, [.. pictures.Select(SizeOf)], options);
        golden.Pass("mode", "pil_route_differs");
    }

    public static Idefics3ImageProcessor Processor(ProductModel model) =>
        new(Idefics3ImageSettings.From(model.Checkpoint.Preprocessor ?? throw new InvalidDataException("The checkpoint has no picture settings.")));

    private static void Decoded(GoldenCase golden, CaseReport report, PictureHeader header, RgbPicture picture, PictureRoute route)
    {
        report.Ids("stored_size_wh", golden.Numbers("stored_size_wh"), [header.StoredWidth, header.StoredHeight]);
        report.Ids("size_wh", golden.Numbers("size_wh"), [picture.Width, picture.Height]);
        if (golden.Has("exif_orientation"))
            report.Ids("exif_orientation", [golden.Number("exif_orientation")], [header.Orientation]);
        if (route == PictureRoute.Path)
            report.Ids("header size", golden.Numbers("size_wh"), [header.Size.Width, header.Size.Height]);

        // The other route composites a declared transparent colour when the picture is processed.
        var pixels = (route == PictureRoute.Object ? picture.OntoWhite() : picture).Pixels;
        report.Ids("rgb_sum", golden.Numbers("rgb_sum"), [.. Enumerable.Range(0, 3).Select(channel => pixels.Where((_, i) => i % 3 == channel).Sum(value => value))]);
        int[] row = [.. golden.Element("rgb_first_row").EnumerateArray().SelectMany(GoldenRecord.Ints)];
        report.Ids("rgb_first_row", row, [.. pixels.Take(row.Length).Select(value => (int)value)]);
    }

    private static void Tiles(GoldenCase golden, CaseReport report, IReadOnlyList<TileStatistics> tiles)
    {
        report.Ids("tiles", [golden.Number("tiles")], [tiles.Count]);
        report.Tensor("tile_mean_std", (double[])[.. tiles.SelectMany(tile => tile.Means.Concat(tile.Deviations))]);
        if (golden.HasTensor("tile_u8_sum"))
            report.Tensor("tile_u8_sum", (double[])[.. tiles.SelectMany(tile => tile.ByteSums)]);
        if (golden.HasTensor("tile_crops"))
        {
            var places = golden.Folder.Root.Element("crop_places").EnumerateArray().Select(GoldenRecord.Ints).ToArray();
            report.Tensor("tile_crops", (float[])[.. golden.Numbers("crop_tiles").SelectMany(tile => places.SelectMany(place => tiles[tile].Crop(place[0], place[1], 16)))], Precision.Pixel);
        }
    }

    private static void Grid(GoldenCase golden, CaseReport report, TileGrid grid, PreparedPicture prepared)
    {
        report.Ids("rows and cols", [golden.Number("rows"), golden.Number("cols")], [prepared.Rows, prepared.Columns]);
        report.Ids("plan", [golden.Number("rows"), golden.Number("cols")], [grid.Rows, grid.Columns]);
        int[][] resizes = [.. golden.Element("resize_calls").EnumerateArray().Select(GoldenRecord.Ints)];
        var side = resizes[^1][^1];
        report.Ids("resize_calls", [.. resizes.SelectMany(resize => resize.Skip(2))],
            [grid.Resized.Height, grid.Resized.Width, grid.Tiling.Height, grid.Tiling.Width, side, side]);
    }

    private static void Prompt(GoldenCase golden, CaseReport report, ProductModel model, PictureSize[] sizes, PictureOptions options)
    {
        var rendered = golden.Text("rendered_prompt");
        var question = rendered[(rendered.LastIndexOf('>', rendered.LastIndexOf("<end_of_utterance>", StringComparison.Ordinal) - 1) + 1)..rendered.LastIndexOf("<end_of_utterance>", StringComparison.Ordinal)];
        var prompt = model.Prompts.Build(
            [new ChatMessage("user", [.. sizes.Select(_ => new ImagePart()), new TextPart(question)])], sizes, new PromptOptions { Pictures = options });
        report.Tensor("input_ids", prompt.TokenIds);
        report.Ids("input_tokens", [golden.Number("input_tokens")], [prompt.TokenIds.Length]);
        var image = model.Checkpoint.Config.Int("image_token_id");
        if (golden.Has("image_tokens"))
            report.Ids("image_tokens", [golden.Number("image_tokens"), golden.Number("image_tokens")],
                [sizes.Sum(size => model.Prompts.ImageTokens(size, options)), prompt.TokenIds.Count(id => id == image)]);

        // Ids of a byte-level vocabulary decode to the very text that they were made from.
        var text = model.Tokenizer.Decode(prompt.TokenIds, skipSpecialTokens: false);
        if (golden.Has("expanded_prompt"))
            report.Text("expanded_prompt", golden.Text("expanded_prompt"), text);
        if (golden.Has("expanded_prompt_chars"))
            report.Ids("expanded_prompt_chars", [golden.Number("expanded_prompt_chars")], [text.Length]);
        if (golden.Has("expanded_prompt_sha256"))
            report.Text("expanded_prompt_sha256", golden.Text("expanded_prompt_sha256"), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    private static PictureSize SizeOf(RgbPicture picture) => new(picture.Width, picture.Height);
}
