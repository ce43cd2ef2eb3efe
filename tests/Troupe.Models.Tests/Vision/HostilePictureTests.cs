using CsCheck;
using Troupe.Models.Vision;

namespace Troupe.Models.Tests.Vision;

/// <summary>Whatever the bytes, the answer is a picture within the limits or a <see cref="PictureException"/> in one line.</summary>
public class HostilePictureTests
{
    private static readonly PictureLimits Limits = new() { MaxPixels = 1 << 20, MaxSide = 4096 };

    public static TheoryData<string> Kinds => [.. SamplePictures.All.Keys];

    [Theory, MemberData(nameof(Kinds))]
    public void A_truncated_file_is_refused_or_gives_the_whole_picture(string kind)
    {
        var file = SamplePictures.All[kind];
        var whole = SamplePictures.Decode(file).Pixels;
        for (var length = 0; length < file.Length; length += Math.Max(1, file.Length / 400))
            if (Decode(file[..length]) is { } picture)
                Assert.Equal(whole, picture.Pixels); // only what does not belong to the pixels was lacking
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_file_cut_within_its_first_half_is_refused(string kind)
    {
        var file = SamplePictures.All[kind];
        for (var length = 0; length < file.Length / 2; length += Math.Max(1, file.Length / 200))
            Assert.Null(Decode(file[..length]));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_header_with_any_bytes_changed_is_read_or_refused(string kind) =>
        Mutations(SamplePictures.All[kind]).Sample(file => { Header(file); }, iter: 3000);

    [Theory, MemberData(nameof(Kinds))]
    public void A_file_with_any_bytes_changed_is_decoded_or_refused(string kind) =>
        Mutations(SamplePictures.All[kind]).Sample(file => { Decode(file); }, iter: 800);

    [Fact]
    public void Random_bytes_behind_any_signature_are_read_or_refused()
    {
        var starts = SamplePictures.All.Values.SelectMany(file => new[] { 0, 2, 6, 12, 16, 30 }.Select(length => file[..Math.Min(length, file.Length)])).ToArray();
        Gen.Select(Gen.Int[0, starts.Length - 1], Gen.Byte.Array[0, 200]).Sample((start, rest) =>
        {
            byte[] file = [.. starts[start], .. rest];
            Header(file);
            Decode(file);
        }, iter: 5000);
    }

    /// <summary>A few bytes replaced, mostly near the front where the sizes are, by values that are mostly extreme; sometimes cut.</summary>
    private static Gen<byte[]> Mutations(byte[] file)
    {
        var value = Gen.Frequency((1, Gen.Const((byte)0)), (1, Gen.Const((byte)0xFF)), (1, Gen.Const((byte)0x80)), (3, Gen.Byte));
        var place = Gen.Frequency((2, Gen.Int[0, Math.Min(64, file.Length - 1)]), (1, Gen.Int[0, file.Length - 1]));
        return Gen.Select(Gen.Select(place, value).Array[1, 6], Gen.Frequency((4, Gen.Const(file.Length)), (1, Gen.Int[0, file.Length])), (changes, length) =>
        {
            var changed = (byte[])file.Clone();
            foreach (var (at, with) in changes)
                changed[at] = with;
            return changed[..length];
        });
    }

    private static void Header(byte[] file)
    {
        try
        {
            var header = PictureHeader.Read(file, Limits);
            Assert.InRange(header.StoredWidth, 1, Limits.MaxSide);
            Assert.InRange((long)header.StoredWidth * header.StoredHeight, 1, Limits.MaxPixels);
            Assert.InRange(header.Orientation, 1, 8);
        }
        catch (PictureException e)
        {
            IsOneLine(e);
        }
    }

    private static RgbPicture? Decode(byte[] file)
    {
        try
        {
            var picture = PictureDecoder.Decode(file, Limits);
            var size = PictureHeader.Read(file, Limits).Size;
            Assert.Equal((size.Width, size.Height), (picture.Width, picture.Height));
            return picture;
        }
        catch (PictureException e)
        {
            IsOneLine(e);
            return null;
        }
    }

    private static void IsOneLine(PictureException e)
    {
        Assert.DoesNotContain('\n', e.Message);
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
    }
}
