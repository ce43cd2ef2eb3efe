using Troupe.Models.Checkpoints;
using Troupe.Models.Operations;
using Troupe.Models.Vision;
using Troupe.Models.Vision.Idefics3;

namespace Troupe.Models.Families;

/// <summary>Tiles through the vision tower and the connector, all tiles of all pictures in one forward pass.</summary>
internal sealed class Idefics3ImageEncoder : IImageEncoder, IProbed
{
    private readonly Idefics3Pictures _pictures;
    private readonly VisionTransformer _tower;
    private readonly Operations.Operations _ops;
    private readonly Weight _projection;

    /// <param name="ops">Where the forward runs; disposed with the encoder.</param>
    /// <param name="connector">The weights that hold <c>modality_projection</c>.</param>
    public Idefics3ImageEncoder(Idefics3Pictures pictures, VisionTransformer tower, Operations.Operations ops, WeightLoader connector)
    {
        (_pictures, _tower, _ops) = (pictures, tower, ops);
        var config = pictures.Config;
        _projection = connector.Load("modality_projection.proj.weight", config.Text.HiddenSize, config.Vision.HiddenSize * config.ScaleFactor * config.ScaleFactor);
    }

    public IForwardProbe? Probe
    {
        get => _ops.Probe;
        set => _ops.Probe = value;
    }

    public PreparedPicture Prepare(ReadOnlyMemory<byte> file, PictureLimits limits, PictureOptions options) =>
        _pictures.Processor.Process(PictureDecoder.Decode(file, limits), options.Split);

    public IReadOnlyList<FeatureSet> Encode(IReadOnlyList<PreparedPicture> pictures)
    {
        var batch = TileBatch.From(pictures);
        var rows = batch.Tiles == 0 ? Empty() : Features(batch);           // (tiles * tokens, hidden)
        var tokens = batch.Tiles == 0 ? 0 : (int)rows.Shape[0] / batch.Tiles;
        var features = new FeatureSet[pictures.Count];
        var start = 0;
        for (var i = 0; i < features.Length; i++)
        {
            var count = batch.TilesOf[i] * tokens;
            // A copy each: a picture that is kept must not keep its whole batch.
            var own = rows.Rows(start, count);
            features[i] = new FeatureSet(new Dictionary<string, HostTensor> { [FeatureSet.Embeddings] = own with { Data = own.Data.ToArray() } });
            start += count;
        }
        return features;
    }

    public void Dispose() => _ops.Dispose();

    private HostTensor Features(TileBatch batch)
    {
        var config = _pictures.Config;
        var side = batch.TileSide / config.Vision.PatchSize;
        var real = Patches.Real(batch.Masks, config.Vision.PatchSize);     // (tiles * patches)
        var positions = new int[real.Length];                              // (tiles * patches)
        for (var start = 0; start < real.Length; start += side * side)
            PatchPositions.Fill(real.AsSpan(start, side * side), side, config.Vision.Side, positions.AsSpan(start, side * side));
        _ops.Observe("vision_position_ids", side * side, positions);

        using var step = _ops.BeginStep();
        var x = _tower.Forward(Patches.Cut(batch.Pixels, config.Vision.PatchSize), positions, real, batch.Tiles);  // (tiles * patches, dim)
        x = _ops.Observe("pixel_shuffled", _ops.PixelShuffle(x, side, config.ScaleFactor));                        // (tiles * tokens, dim * scale^2)
        return _ops.ToHost(_ops.Observe("projected", _ops.Linear(x, _projection)));                                // (tiles * tokens, hidden)
    }

    private HostTensor Empty() => new(ElementType.F32, [0, _pictures.Config.Text.HiddenSize], ReadOnlyMemory<byte>.Empty);
}
