using System.Text.Json;
using Troupe.Models.Checkpoints;
using Troupe.Models.Vision;

namespace Troupe.Models.Tests.Vision;

/// <summary>Pictures and what the reference made of them (Pillow 13, transformers 5.23).</summary>
internal static class PictureFixtures
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Fixtures", "pictures");

    public static byte[] File(string name) => System.IO.File.ReadAllBytes(Path.Combine(Root, name));

    public static SafetensorsFile Tensors(string name) => SafetensorsFile.Open(Path.Combine(Root, name));

    public static JsonElement Json(string name)
    {
        using var document = JsonDocument.Parse(File(name));
        return document.RootElement.Clone();
    }

    public static RgbPicture Decode(string name, PictureRoute route = PictureRoute.Path) => PictureDecoder.Decode(File(name), PictureLimits.Default, route);

    public static long[] Sums(RgbPicture picture)
    {
        var sums = new long[3];
        for (var i = 0; i < picture.Pixels.Length; i++)
            sums[i % 3] += picture.Pixels[i];
        return sums;
    }

    public static int[] Ints(this JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetInt32())];

    public static long[] Longs(this JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetInt64())];
}
