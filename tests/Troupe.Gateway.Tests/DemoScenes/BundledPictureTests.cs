using Troupe.Gateway.Commands;
using Troupe.Models.Vision;

namespace Troupe.Gateway.Tests.DemoScenes;

public class BundledPictureTests
{
    private static readonly string Folder = Path.GetDirectoryName(DemoPicture.Bundled)!;

    public static TheoryData<string> Names => [.. BundledScenes.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_bundled_picture_is_what_its_drawing_draws(string name)
    {
        var drawn = BundledScenes.All[name].Draw();
        var file = Path.Combine(Folder, name);
        if (File.Exists(file) && PictureDecoder.Decode(File.ReadAllBytes(file), PictureLimits.Default).Pixels.SequenceEqual(drawn))
            return;
        var redrawn = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "redrawn")).FullName;
        File.WriteAllBytes(Path.Combine(redrawn, name), PngFile.Of(drawn, Scene.Side, Scene.Side));
        Assert.Fail($"{file} is not what its drawing draws; {redrawn} holds what it draws.");
    }

    [Fact]
    public void Every_bundled_picture_has_a_drawing() =>
        Assert.Equal(BundledScenes.All.Keys.Order(), Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
}
