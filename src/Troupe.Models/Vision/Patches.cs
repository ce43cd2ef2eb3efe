using System.Runtime.InteropServices;
using Troupe.Models.Checkpoints;

namespace Troupe.Models.Vision;

/// <summary>Tiles cut into square patches, as a matrix product takes them.</summary>
internal static class Patches
{
    /// <summary>Pixels (tiles, channels, side, side) of several pictures to (patches, channels * patch * patch), channel-major inside a patch.</summary>
    public static HostTensor Cut(IReadOnlyList<HostTensor> pictures, int patch)
    {
        int channels = (int)pictures[0].Shape[1], side = (int)pictures[0].Shape[2], grid = side / patch;
        var tiles = pictures.Sum(picture => (int)picture.Shape[0]);
        var width = channels * patch * patch;
        var bytes = new byte[(long)tiles * grid * grid * width * sizeof(float)];
        var target = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        var at = 0;
        foreach (var picture in pictures)
        {
            var source = MemoryMarshal.Cast<byte, float>(picture.Data.Span);
            for (var tile = 0; tile < picture.Shape[0]; tile++)
                for (var row = 0; row < grid; row++)
                    for (var column = 0; column < grid; column++)
                        for (var channel = 0; channel < channels; channel++)
                            for (var y = 0; y < patch; y++, at += patch)
                            {
                                var line = ((tile * channels + channel) * side + row * patch + y) * side + column * patch;
                                source.Slice(line, patch).CopyTo(target[at..]);
                            }
        }
        return new HostTensor(ElementType.F32, [(long)tiles * grid * grid, width], bytes);
    }

    /// <summary>A patch is real when any of its pixels is: mask (tiles, side, side) of bytes to (tiles * patches).</summary>
    public static bool[] Real(IReadOnlyList<HostTensor> masks, int patch)
    {
        var side = (int)masks[0].Shape[1];
        var grid = side / patch;
        var real = new bool[masks.Sum(mask => (int)mask.Shape[0]) * grid * grid];
        var tileStart = 0;
        foreach (var mask in masks)
        {
            var pixels = mask.Data.Span;
            for (var tile = 0; tile < mask.Shape[0]; tile++, tileStart += grid * grid)
                for (var y = 0; y < grid * patch; y++)
                    for (var x = 0; x < grid * patch; x++)
                        if (pixels[(tile * side + y) * side + x] != 0)
                            real[tileStart + y / patch * grid + x / patch] = true;
        }
        return real;
    }
}
