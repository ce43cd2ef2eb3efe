using Microsoft.Extensions.Logging.Abstractions;
using Troupe.Engine.Tests.Fakes;
using Troupe.Models.Families;
using Troupe.Models.Vision;

namespace Troupe.Engine.Tests;

public sealed class EncoderBatcherTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly FakeImageEncoder _encoder = new();
    private readonly StepGate _gate = new();
    private EncoderBatcher? _batcher;

    [Fact]
    public async Task Each_caller_gets_the_features_of_its_own_picture()
    {
        var batcher = Start(preparing: 2);
        var features = await Task.WhenAll(Enumerable.Range(1, 200).Select(value => batcher.EncodeAsync(new[] { (byte)value }, PictureOptions.Default))).WaitAsync(s_patience);
        Assert.Equal(Enumerable.Range(1, 200), features.Select(feature => (int)FakeImageEncoder.Feature(feature)));
        Assert.All(_encoder.Batches, batch => Assert.InRange(batch.Length, 1, 4));
        Assert.InRange(_encoder.MostPreparing, 1, 2);
    }

    [Fact]
    public async Task The_splitting_that_a_request_asks_for_reaches_the_encoder()
    {
        var batcher = Start();
        foreach (bool? split in (bool?[])[true, null, false])
            await batcher.EncodeAsync(new byte[] { 1 }, new PictureOptions(split)).WaitAsync(s_patience);
        Assert.Equal([true, null, false], _encoder.Options.Select(options => options.Split));
    }

    [Fact]
    public async Task Pictures_that_wait_together_go_in_one_forward_pass()
    {
        _encoder.OnEncode = _gate.Enter;
        var batcher = Start();
        var first = batcher.EncodeAsync(new byte[] { 1 }, PictureOptions.Default);
        _gate.WaitForStep();

        var others = await PreparedBehind(batcher, 2, 3, 4);
        _gate.Open();
        await Task.WhenAll([first, .. others]).WaitAsync(s_patience);
        Assert.Equal([[1], [2, 3, 4]], _encoder.Batches.Select(batch => batch.Order().ToArray()));
    }

    [Fact]
    public async Task One_bad_picture_of_a_batch_fails_alone()
    {
        _encoder.OnEncode = _gate.Enter;
        var batcher = Start();
        var first = batcher.EncodeAsync(new byte[] { 1 }, PictureOptions.Default);
        _gate.WaitForStep();
        var others = await PreparedBehind(batcher, 2, 255, 4);
        _gate.Open();

        await Assert.ThrowsAsync<InvalidOperationException>(() => others[1].WaitAsync(s_patience));
        Assert.Equal([1, 2, 4], (await Task.WhenAll(first, others[0], others[2]).WaitAsync(s_patience)).Select(FakeImageEncoder.Feature));
    }

    [Fact]
    public async Task A_file_that_is_no_picture_is_refused_to_its_caller()
    {
        var batcher = Start();
        await Assert.ThrowsAsync<PictureException>(() => batcher.EncodeAsync(new byte[] { 0 }, PictureOptions.Default).WaitAsync(s_patience));
        Assert.Equal(7, FakeImageEncoder.Feature(await batcher.EncodeAsync(new byte[] { 7 }, PictureOptions.Default).WaitAsync(s_patience)));
    }

    [Fact]
    public async Task A_cancelled_caller_s_picture_is_dropped_before_its_pass()
    {
        _encoder.OnEncode = _gate.Enter;
        var batcher = Start();
        var first = batcher.EncodeAsync(new byte[] { 1 }, PictureOptions.Default);
        _gate.WaitForStep();

        using var cancellation = new CancellationTokenSource();
        var cancelled = batcher.EncodeAsync(new byte[] { 2 }, PictureOptions.Default, cancellation.Token);
        var others = await PreparedBehind(batcher, 3);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(s_patience));

        _gate.Open();
        await Task.WhenAll([first, .. others]).WaitAsync(s_patience);
        Assert.Equal([[1], [3]], _encoder.Batches);
    }

    [Fact]
    public async Task A_cancelled_caller_does_not_wait_for_its_picture_to_be_prepared()
    {
        using var preparing = new StepGate();
        _encoder.OnPrepare = _ => preparing.Enter();
        var batcher = Start();
        using var cancellation = new CancellationTokenSource();
        var cancelled = batcher.EncodeAsync(new byte[] { 2 }, PictureOptions.Default, cancellation.Token);
        preparing.WaitForStep();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(s_patience));

        preparing.Open();
        Assert.Equal(3, FakeImageEncoder.Feature(await batcher.EncodeAsync(new byte[] { 3 }, PictureOptions.Default).WaitAsync(s_patience)));
        Assert.Equal([[3]], _encoder.Batches);
    }

    [Fact]
    public async Task Stopping_finishes_the_pass_in_progress_and_fails_those_that_wait()
    {
        EncoderBatcher? batcher = null;
        _encoder.OnEncode = () =>
        {
            _gate.Enter();
            batcher!.Dispose();
        };
        batcher = Start();
        var first = batcher.EncodeAsync(new byte[] { 1 }, PictureOptions.Default);
        _gate.WaitForStep();
        var waiting = await PreparedBehind(batcher, 2);

        _gate.LetGo();
        Assert.Equal(1, FakeImageEncoder.Feature(await first.WaitAsync(s_patience)));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting[0].WaitAsync(s_patience));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => batcher.EncodeAsync(new byte[] { 3 }, PictureOptions.Default).WaitAsync(s_patience));
        Assert.Equal([[1]], _encoder.Batches);
    }

    public void Dispose()
    {
        _gate.Open();
        _batcher?.Dispose();
        _gate.Dispose();
    }

    private EncoderBatcher Start(int preparing = 1) =>
        _batcher = new(_encoder, PictureLimits.Default, new() { MaxBatch = 4, MaxPreparing = preparing }, NullLogger<EncoderBatcher>.Instance);

    /// <summary>Submits pictures and returns when all of them wait for the forward pass.</summary>
    private static async Task<Task<FeatureSet>[]> PreparedBehind(EncoderBatcher batcher, params byte[] values)
    {
        // One picture is prepared at a time and keeps its turn until it is in the line: a refusal after it means that it is there.
        await Refuse();
        var tasks = new List<Task<FeatureSet>>();
        foreach (var value in values)
        {
            tasks.Add(batcher.EncodeAsync(new[] { value }, PictureOptions.Default));
            await Refuse();
        }

        return [.. tasks];

        Task Refuse() => Assert.ThrowsAsync<PictureException>(() => batcher.EncodeAsync(new byte[] { 0 }, PictureOptions.Default).WaitAsync(s_patience));
    }
}
