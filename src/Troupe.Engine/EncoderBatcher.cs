using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Troupe.Engine.Encoders;
using Troupe.Models.Families;
using Troupe.Models.Vision;

namespace Troupe.Engine;

/// <summary>
/// Many callers' pictures through one encoder: prepared on the thread pool, a few at a time, then encoded on a dedicated thread, as many
/// in one forward pass as wait together. The encoder belongs to the caller and must outlive the batcher. Safe for concurrent use.
/// </summary>
public sealed partial class EncoderBatcher : IDisposable
{
    private readonly IImageEncoder _encoder;
    private readonly PictureLimits _limits;
    private readonly EncoderBatcherOptions _options;
    private readonly ILogger _logger;
    private readonly EncoderMetrics _metrics;
    private readonly SemaphoreSlim _preparing;
    private readonly Channel<PictureJob> _prepared;
    private readonly List<PictureJob> _batch = [];
    private readonly Thread _thread;
    private volatile bool _stopping;

    public EncoderBatcher(IImageEncoder encoder, PictureLimits limits, EncoderBatcherOptions options, ILogger<EncoderBatcher> logger, IMeterFactory? meterFactory = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxBatch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxPreparing, 1);

        (_encoder, _limits, _options, _logger) = (encoder, limits, options, logger);
        _metrics = new EncoderMetrics(meterFactory);
        _preparing = new SemaphoreSlim(options.MaxPreparing);
        _prepared = Channel.CreateBounded<PictureJob>(new BoundedChannelOptions(options.MaxBatch) { SingleReader = true });
        _thread = new Thread(Run) { IsBackground = true, Name = "encoder" };
        _thread.Start();
    }

    /// <summary>The features of one picture file. A cancelled caller's picture is dropped unless its forward pass has begun.</summary>
    /// <param name="options">The same that the prompt was built with.</param>
    /// <exception cref="PictureException">The file is not a picture that can be read, or is over a limit.</exception>
    /// <exception cref="ObjectDisposedException">The batcher was stopped first.</exception>
    public Task<FeatureSet> EncodeAsync(ReadOnlyMemory<byte> file, PictureOptions options, CancellationToken cancellation = default) =>
        PrepareAndEncodeAsync(file, options, cancellation).WaitAsync(cancellation); // preparing itself cannot be interrupted

    public void Dispose()
    {
        _stopping = true;
        _prepared.Writer.TryComplete();
        if (Thread.CurrentThread != _thread)
            _thread.Join();
        _metrics.Dispose();
    }

    private async Task<FeatureSet> PrepareAndEncodeAsync(ReadOnlyMemory<byte> file, PictureOptions options, CancellationToken cancellation)
    {
        var job = await PrepareAsync(file, options, cancellation).ConfigureAwait(false);
        await using var registration = cancellation.UnsafeRegister(state => ((PictureJob)state!).Cancel(), job).ConfigureAwait(false);
        return await job.Features.ConfigureAwait(false);
    }

    private async Task<PictureJob> PrepareAsync(ReadOnlyMemory<byte> file, PictureOptions options, CancellationToken cancellation)
    {
        await _preparing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            var picture = await Task.Run(() => _encoder.Prepare(file, _limits, options), cancellation).ConfigureAwait(false);
            var job = new PictureJob(picture);
            await _prepared.Writer.WriteAsync(job, cancellation).ConfigureAwait(false);
            return job;
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(EncoderBatcher));
        }
        finally
        {
            _preparing.Release();
        }
    }

    private void Run()
    {
        while (_prepared.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            TakeBatch();
            Encode(_batch);
        }
    }

    private void TakeBatch()
    {
        _batch.Clear();
        while (_batch.Count < _options.MaxBatch && _prepared.Reader.TryRead(out var job))
        {
            if (_stopping)
                job.Fail(new ObjectDisposedException(nameof(EncoderBatcher)));
            else if (!job.Ended)
                _batch.Add(job);
        }
    }

    private void Encode(List<PictureJob> batch)
    {
        if (batch.Count == 0)
            return;

        var started = Stopwatch.GetTimestamp();
        try
        {
            var features = _encoder.Encode([.. batch.Select(job => job.Picture)]);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Succeed(features[i]);
            _metrics.Batch(batch.Count, Stopwatch.GetElapsedTime(started));
        }
        catch (Exception exception) when (batch.Count == 1)
        {
            LogPictureFailed(exception);
            batch[0].Fail(exception);
        }
        catch (Exception exception)
        {
            // One of them is to blame; alone it fails alone.
            LogBatchFailed(exception, batch.Count);
            foreach (var job in batch.Where(job => !job.Ended))
                Encode([job]);
        }
    }
}
