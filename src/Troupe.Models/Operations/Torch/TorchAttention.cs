using static TorchSharp.torch;

namespace Troupe.Models.Operations.Torch;

/// <summary>Scaled dot product attention written out, with the reference's roundings: scores in the type of computation, softmax in float32.</summary>
internal static class TorchAttention
{
    /// <summary>Each sequence of the step on its own, over its cache: (rows, heads * headDim)</summary>
    public static Tensor Causal(Tensor queries, Tensor keys, Tensor values, AttentionShape shape, int layer, Step step)
    {
        var outputs = new List<Tensor>(step.Segments.Count);
        foreach (var segment in step.Segments)
        {
            var cache = (TorchSequenceCache)segment.Cache;
            var (allKeys, allValues) = cache.Append(layer, keys.narrow(0, segment.FirstRow, segment.Count), values.narrow(0, segment.FirstRow, segment.Count));
            outputs.Add(Sequence(queries.narrow(0, segment.FirstRow, segment.Count), allKeys, allValues, shape, segment.Start));
        }
        return outputs.Count == 1 ? outputs[0] : cat(outputs, 0);
    }

    /// <summary>queries (rows, heads * headDim) at positions start.., keys and values (keyValueHeads, positions, headDim)</summary>
    private static Tensor Sequence(Tensor queries, Tensor keys, Tensor values, AttentionShape shape, int start)
    {
        using var scope = NewDisposeScope();
        long rows = queries.shape[0], positions = keys.shape[1];
        var group = shape.Heads / shape.KeyValueHeads;
        var grouped = queries.view(rows, shape.KeyValueHeads, group, shape.HeadDim).permute(1, 2, 0, 3);   // (keyValueHeads, group, rows, headDim)
        var scores = grouped.reshape(shape.KeyValueHeads, group * rows, shape.HeadDim)
            .matmul(keys.transpose(1, 2)).Times(shape.Scale)                                               // (keyValueHeads, group * rows, positions)
            .view(shape.KeyValueHeads, group, rows, positions);
        if (rows > 1)
        {
            var future = ones([rows, positions], ScalarType.Bool, queries.device).triu(start + 1);
            scores = scores.Masked(future, Lowest(scores.dtype));
        }
        var weights = Softmax(scores).view(shape.KeyValueHeads, group * rows, positions);
        return weights.matmul(values)                                                                      // (keyValueHeads, group * rows, headDim)
            .view(shape.KeyValueHeads, group, rows, shape.HeadDim)
            .permute(2, 0, 1, 3).reshape(rows, shape.Heads * shape.HeadDim)
            .MoveToOuterDisposeScope();
    }

    /// <summary>Groups of equal size, all directions; hidden (rows) are keys not to be seen. One group after the other: the scores of a tile of 1024 patches take 50 MB.</summary>
    public static Tensor Within(Tensor queries, Tensor keys, Tensor values, AttentionShape shape, int groups, Tensor? hidden)
    {
        var rows = (int)queries.shape[0] / groups;
        var outputs = new List<Tensor>(groups);
        for (var start = 0; start < groups * rows; start += rows)
            outputs.Add(Group(queries.narrow(0, start, rows), keys.narrow(0, start, rows), values.narrow(0, start, rows), shape, hidden?.narrow(0, start, rows)));
        return outputs.Count == 1 ? outputs[0] : cat(outputs, 0);
    }

    /// <summary>queries, keys and values (rows, heads * headDim)</summary>
    private static Tensor Group(Tensor queries, Tensor keys, Tensor values, AttentionShape shape, Tensor? hidden)
    {
        using var scope = NewDisposeScope();
        Tensor Heads(Tensor x) => x.view(-1, shape.Heads, shape.HeadDim).transpose(0, 1);                  // (heads, rows, headDim)
        var scores = Heads(queries).matmul(Heads(keys).transpose(1, 2)).Times(shape.Scale);                // (heads, rows, rows)
        if (hidden is not null)
            scores = scores.Masked(hidden, Lowest(scores.dtype));
        return Softmax(scores).matmul(Heads(values)).transpose(0, 1).reshape(-1, shape.Heads * shape.HeadDim)
            .MoveToOuterDisposeScope();
    }

    private static Tensor Softmax(Tensor scores) => scores.softmax(-1, ScalarType.Float32).to(scores.dtype);

    private static double Lowest(ScalarType type) => type switch
    {
        ScalarType.Float16 => -65504,
        ScalarType.BFloat16 => -3.3895313892515355e38,
        _ => float.MinValue,
    };
}
