using Troupe.Models.Checkpoints;
using Troupe.Models.Vision;
using Troupe.Models.Vision.Idefics3;

namespace Troupe.Models.Tests.Vision;

public sealed class TileBatchTests
{
    [Fact]
    public void Tiles_of_zeros_that_the_mask_denies_are_dropped_wherever_they_stand()
    {
        var batch = TileBatch.From([Picture((0, 0), (1, 1), (0, 0), (2, 1)), Picture((0, 0)), Picture((3, 1))]);
        Assert.Equal([2, 0, 1], batch.TilesOf);
        Assert.Equal(3, batch.Tiles);
        Assert.Equal([1, 2, 3], batch.Pixels.SelectMany(pixels => pixels.Data.ToArray().Chunk(12).Select(tile => (int)tile[0])));
        Assert.All(batch.Masks, mask => Assert.False(mask.Data.Span.Contains((byte)0)));
    }

    [Fact]
    public void A_black_picture_whose_values_are_zero_is_there()
    {
        var batch = TileBatch.From([Picture((0, 1))]);
        Assert.Equal([1], batch.TilesOf);
    }

    [Fact]
    public void A_tile_with_values_is_there_even_where_its_mask_is_empty()
    {
        var batch = TileBatch.From([Picture((5, 0))]);
        Assert.Equal([1], batch.TilesOf);
    }

    /// <summary>Tiles of one pixel; every byte of a tile's values, and its mask.</summary>
    private static PreparedPicture Picture(params (byte Value, byte Mask)[] tiles) => new(
        new Dictionary<string, HostTensor>
        {
            ["pixel_values"] = new(ElementType.F32, [tiles.Length, 3, 1, 1], (byte[])[.. tiles.SelectMany(tile => Enumerable.Repeat(tile.Value, 12))]),
            ["pixel_attention_mask"] = new(ElementType.U8, [tiles.Length, 1, 1], (byte[])[.. tiles.Select(tile => tile.Mask)]),
        }, 0, 0);
}
