namespace Troupe.Models.Vision.Decoding;

/// <summary>A picture as its file holds it, 8 bits a channel, and its conversion to RGB as Pillow does it.</summary>
internal sealed record DecodedPixels(int Width, int Height, PixelLayout Layout, byte[] Data)
{
    /// <summary>A colour that stands for transparency beside what the alpha channel says, if any.</summary>
    public RgbColor? TransparentColor { get; init; }

    /// <param name="compositeOntoWhite">Whether alpha, or else the transparent colour, is composited onto white; otherwise alpha is dropped.</param>
    public RgbPicture ToRgb(bool compositeOntoWhite)
    {
        var picture = new RgbPicture(Width, Height, Pixels(compositeOntoWhite)) { TransparentColor = TransparentColor };
        if (!compositeOntoWhite)
            return picture;
        return Layout is PixelLayout.Rgba or PixelLayout.GrayAlpha ? picture with { TransparentColor = null } : picture.OntoWhite();
    }

    /// <summary>(height, width, 3).</summary>
    private byte[] Pixels(bool compositeOntoWhite)
    {
        if (Layout == PixelLayout.Rgb)
            return Data;
        var rgb = new byte[(long)Width * Height * RgbPicture.Channels];
        switch (Layout)
        {
            case PixelLayout.Gray:
                for (int i = 0, o = 0; o < rgb.Length; i++, o += 3)
                    rgb[o] = rgb[o + 1] = rgb[o + 2] = Data[i];
                break;
            case PixelLayout.GrayAlpha:
                for (int i = 0, o = 0; o < rgb.Length; i += 2, o += 3)
                    rgb[o] = rgb[o + 1] = rgb[o + 2] = compositeOntoWhite ? OntoWhite(Data[i], Data[i + 1]) : Data[i];
                break;
            case PixelLayout.Rgba:
                for (int i = 0, o = 0; o < rgb.Length; i += 4, o += 3)
                    for (var c = 0; c < 3; c++)
                        rgb[o + c] = compositeOntoWhite ? OntoWhite(Data[i + c], Data[i + 3]) : Data[i + c];
                break;
            default:
                for (int i = 0, o = 0; o < rgb.Length; i += 4, o += 3)
                    for (var c = 0; c < 3; c++)
                        rgb[o + c] = WithoutInk(Data[i + c], 255 - Data[i + 3]);
                break;
        }
        return rgb;
    }

    /// <summary>Pillow's <c>alpha_composite</c> over opaque white: weights with 7 extra bits.</summary>
    private static byte OntoWhite(byte value, byte alpha)
    {
        if (alpha == 0)
            return 255;
        const int Bits = 7;
        var over = (uint)alpha * (1 << Bits);
        var sum = value * over + 255 * ((255u << Bits) - over) + (0x80u << Bits);
        return (byte)((((sum >> 8) + sum) >> 8) >> Bits);
    }

    /// <summary>What black leaves, less what the ink takes of it: <c>light - light * ink / 255</c>, rounded as Pillow rounds.</summary>
    private static byte WithoutInk(byte ink, int light)
    {
        var product = ink * light + 128;
        return (byte)Math.Max(0, light - (((product >> 8) + product) >> 8));
    }
}
