using Troupe.Models.Vision.Headers;

namespace Troupe.Models.Vision.Decoding;

/// <summary>Run-length coded BMP pixels to one index a byte, rows in stored order. Rules as in the reference: skipped pixels have index 0.</summary>
internal static class BmpRunLengths
{
    private const int EndOfLine = 0, EndOfPicture = 1, Move = 2;

    /// <returns>(height, width) indices, or fewer when the data end too early.</returns>
    public static ReadOnlySpan<byte> Unpack(ReadOnlySpan<byte> file, BmpHeader header)
    {
        var (width, four) = (header.Width, header.Compression == BmpCompression.Rle4);
        var indices = new byte[(long)width * header.Height];
        var (at, written, x) = (header.DataOffset, 0L, 0L);
        while (written < indices.Length && at + 1 < file.Length)
        {
            var (count, value) = (file[(int)at], file[(int)at + 1]);
            at += 2;
            if (count > 0)
            {
                var run = Math.Min(Math.Max(0, Math.Min(count, width - x)), indices.Length - written);
                for (var i = 0; i < run; i++)
                    indices[written + i] = four ? Nibble(value, i) : value;
                (written, x) = (written + run, x + run);
            }
            else if (value == EndOfLine)
            {
                (written, x) = ((written + width - 1) / width * width, 0);
            }
            else if (value == EndOfPicture)
            {
                break;
            }
            else if (value == Move)
            {
                if (at + 1 >= file.Length)
                    break;
                written += file[(int)at] + (long)file[(int)at + 1] * width;
                (at, x) = (at + 2, written % width);
            }
            else
            {
                var run = Math.Min(indices.Length - written, value);
                var bytes = four ? (run + 1) / 2 : run;
                if (at + bytes > file.Length)
                    break;
                for (var i = 0; i < run; i++)
                    indices[written + i] = four ? Nibble(file[(int)(at + i / 2)], i) : file[(int)(at + i)];
                (written, x, at) = (written + run, x + value, (uint)(at + bytes));
                at += at & 1; // what follows begins at an even place of the file
            }
        }
        return indices.AsSpan(0, (int)Math.Min(written, indices.Length));
    }

    private static byte Nibble(byte value, int index) => (byte)((index & 1) == 0 ? value >> 4 : value & 15);
}
