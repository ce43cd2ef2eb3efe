using System.Collections.Concurrent;
using Troupe.Models.Checkpoints;
using Troupe.Models.Families;
using Troupe.Models.Vision;

namespace Troupe.Engine.Tests.Fakes;

/// <summary>A picture is one byte; its feature is that byte. Byte 0 cannot be prepared, byte 255 breaks the forward pass it is in.</summary>
internal sealed class FakeImageEncoder : IImageEncoder
{
    private int _preparing;

    public Action<byte>? OnPrepare { get; set; }

    public Action? OnEncode { get; set; }

    public ConcurrentQueue<byte[]> Batches { get; } = new();

    public ConcurrentQueue<PictureOptions> Options { get; } = new();

    public int MostPreparing { get; private set; }

    public static byte Feature(FeatureSet features) => features.Tensors[FeatureSet.Embeddings].Data.Span[0];

    public PreparedPicture Prepare(ReadOnlyMemory<byte> file, PictureLimits limits, PictureOptions options)
    {
        Options.Enqueue(options);
        var now = Interlocked.Increment(ref _preparing);
        lock (Batches)
            MostPreparing = Math.Max(MostPreparing, now);
        try
        {
            var value = file.Span[0];
            OnPrepare?.Invoke(value);
            return value == 0
                ? throw new PictureException("not a picture")
                : new(new Dictionary<string, HostTensor> { ["pixel_values"] = new(ElementType.U8, [1], file) }, 0, 0);
        }
        finally
        {
            Interlocked.Decrement(ref _preparing);
        }
    }

    public IReadOnlyList<FeatureSet> Encode(IReadOnlyList<PreparedPicture> pictures)
    {
        byte[] values = [.. pictures.Select(picture => picture.Tensors["pixel_values"].Data.Span[0])];
        Batches.Enqueue(values);
        OnEncode?.Invoke();
        if (values.Contains((byte)255))
            throw new InvalidOperationException("the forward pass broke");
        return [.. pictures.Select(picture => new FeatureSet(new Dictionary<string, HostTensor> { [FeatureSet.Embeddings] = picture.Tensors["pixel_values"] }))];
    }

    public void Dispose()
    {
    }
}
