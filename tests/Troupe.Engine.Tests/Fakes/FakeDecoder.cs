using System.Collections.Concurrent;
using Troupe.Models.Decoders;
using Troupe.Models.Families;

namespace Troupe.Engine.Tests.Fakes;

/// <summary>
/// Logits that are a hash of everything before them, tokens and features alike: a row out of order, a cache shared by mistake or a
/// feature at the wrong place changes every later token.
/// </summary>
internal sealed class FakeDecoder(int contextLength = 4096) : IDecoder
{
    private int _openCaches;
    private int _forks;

    /// <summary>Called before a step computes anything; it may hold the step or throw.</summary>
    public Action<IReadOnlyList<SequenceChunk>>? OnForward { get; set; }

    /// <summary>Called after some caches have grown and before others do.</summary>
    public Action<IReadOnlyList<SequenceChunk>>? OnHalfway { get; set; }

    /// <summary>Changes the logits of a row whose sequence ends with this id.</summary>
    public Action<int, Memory<float>>? OnLogits { get; set; }

    public Func<bool> FailFork { get; set; } = () => false;

    /// <summary>Rows of each chunk of each step, by cache.</summary>
    public ConcurrentQueue<(FakeCache Cache, int[] Ids)[]> Steps { get; } = new();

    public int OpenCaches => Volatile.Read(ref _openCaches);

    public int Forks => Volatile.Read(ref _forks);

    public int VocabularySize => 257;

    public int ContextLength => contextLength;

    /// <summary>The code that stands for a feature row in the hash.</summary>
    public static int FeatureCode(FeatureSet features, int row) => 1000 + features.Tensors[FeatureSet.Embeddings].Data.Span[row];

    public static float[] Logits(IEnumerable<int> codes)
    {
        var state = 0xcbf29ce484222325UL;
        foreach (var code in codes)
            state = Mix(state ^ (ulong)code);

        var logits = new float[257];
        for (var id = 0; id < logits.Length; id++)
            logits[id] = (Mix(state + (ulong)id) >> 40) / (float)(1 << 24) * 12 - 6;
        return logits;
    }

    public ISequenceCache CreateCache() => new FakeCache(this, []);

    public StepLogits Forward(IReadOnlyList<SequenceChunk> chunks)
    {
        Steps.Enqueue([.. chunks.Select(chunk => ((FakeCache)chunk.Cache, chunk.TokenIds.ToArray()))]);
        OnForward?.Invoke(chunks);

        if (chunks.Count == 0 || chunks.Select(chunk => chunk.Cache).Distinct().Count() != chunks.Count)
            throw new InvalidOperationException("A step needs rows, and a sequence stands in it once.");

        var rows = new List<float[]>();
        for (var i = 0; i < chunks.Count; i++)
        {
            if (i == chunks.Count / 2)
                OnHalfway?.Invoke(chunks);
            if (chunks[i].TokenIds.Length == 0)
                throw new InvalidOperationException("A chunk without rows.");

            var cache = (FakeCache)chunks[i].Cache;
            cache.Append(chunks[i]);
            if (chunks[i].Logits == LogitRows.Last)
            {
                var logits = Logits(cache.Codes);
                OnLogits?.Invoke(cache.Codes[^1], logits);
                rows.Add(logits);
            }
        }

        return new(rows.Count, VocabularySize, [.. rows.SelectMany(row => row)]);
    }

    public void Dispose()
    {
    }

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
        x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
        return x ^ (x >> 31);
    }

    internal sealed class FakeCache : ISequenceCache
    {
        private readonly FakeDecoder _decoder;
        private bool _disposed;

        public FakeCache(FakeDecoder decoder, List<int> codes)
        {
            (_decoder, Codes) = (decoder, codes);
            Interlocked.Increment(ref decoder._openCaches);
        }

        public List<int> Codes { get; }

        public int Length => Codes.Count;

        public ISequenceCache Fork()
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_decoder.FailFork())
                throw new InvalidOperationException("no memory for a fork");
            Interlocked.Increment(ref _decoder._forks);
            return new FakeCache(_decoder, [.. Codes]);
        }

        public void Append(SequenceChunk chunk)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var codes = chunk.TokenIds.ToArray();
            foreach (var rows in chunk.Features)
            {
                for (var i = 0; i < rows.Length; i++)
                    codes[rows.Row + i] = FeatureCode(rows.Features, rows.Start + i);
            }

            Codes.AddRange(codes);
        }

        public void Dispose()
        {
            if (!_disposed)
                Interlocked.Decrement(ref _decoder._openCaches);
            _disposed = true;
        }
    }
}
