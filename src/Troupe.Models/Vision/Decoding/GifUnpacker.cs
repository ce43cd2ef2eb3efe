namespace Troupe.Models.Vision.Decoding;

/// <summary>The LZW variant of GIF: codes of growing width, in blocks of up to 255 bytes, with codes to clear the table and to end.</summary>
internal static class GifUnpacker
{
    private const int MaxBits = 12;
    private const int NoCode = -1;

    /// <summary>Fills <paramref name="output"/> with palette indices.</summary>
    /// <param name="data">Code size, blocks.</param>
    /// <exception cref="PictureException">The data end before the output is full, or hold a code that cannot be.</exception>
    public static void Unpack(ReadOnlySpan<byte> data, Span<byte> output)
    {
        var rootBits = data.IsEmpty ? throw Short(0, output.Length) : data[0];
        if (rootBits > MaxBits)
            throw new PictureException($"The GIF file is broken: its code size is {rootBits}; at most {MaxBits} is possible.");
        var (clear, end) = (1 << rootBits, (1 << rootBits) + 1);
        Span<short> prefix = stackalloc short[1 << MaxBits];
        Span<byte> suffix = stackalloc byte[1 << MaxBits];
        Span<short> length = stackalloc short[1 << MaxBits];
        for (var code = 0; code < clear; code++)
            (suffix[code], length[code]) = ((byte)code, 1);

        var bits = new BlockBits(data[1..]);
        var (width, next, previous, written) = (rootBits + 1, clear + 2, NoCode, 0);
        while (written < output.Length)
        {
            var code = bits.Read(width);
            if (code == BlockBits.Ended || code == end)
                throw Short(written, output.Length);
            if (code == clear)
            {
                (width, next, previous) = (rootBits + 1, clear + 2, NoCode);
                continue;
            }
            if (code > (previous == NoCode ? clear - 1 : next))
                throw new PictureException($"The GIF file is broken: code {code} after {written} of {output.Length} pixels was never defined.");

            // The code that is being defined is the previous string and its own first pixel again.
            var own = code == next;
            var text = own ? previous : code;
            int size = length[text];
            for (int at = text, i = size - 1; i >= 0; i--, at = prefix[at])
                if (written + i < output.Length)
                    output[written + i] = suffix[at];
            var first = output[written];
            written += size;
            if (own && written < output.Length)
                output[written++] = first;

            if (previous != NoCode && next < 1 << MaxBits)
            {
                (prefix[next], suffix[next], length[next]) = ((short)previous, first, (short)(length[previous] + 1));
                if (++next == 1 << width && width < MaxBits)
                    width++;
            }
            previous = code;
        }
    }

    private static PictureException Short(int written, int expected) =>
        new($"The GIF file is damaged or ends too early: it holds {written} of {expected} pixels.");

    /// <summary>Codes from blocks, least significant bit first.</summary>
    private ref struct BlockBits(ReadOnlySpan<byte> blocks)
    {
        public const int Ended = -1;
        private readonly ReadOnlySpan<byte> _blocks = blocks;
        private int _at, _left, _held;
        private uint _bits;

        public int Read(int width)
        {
            while (_held < width)
            {
                if (_left == 0)
                {
                    if (_at >= _blocks.Length || _blocks[_at] == 0)
                        return Ended;
                    _left = _blocks[_at++];
                }
                if (_at >= _blocks.Length)
                    return Ended;
                _bits |= (uint)_blocks[_at++] << _held;
                _held += 8;
                _left--;
            }
            var code = (int)(_bits & (1u << width) - 1);
            _bits >>= width;
            _held -= width;
            return code;
        }
    }
}
