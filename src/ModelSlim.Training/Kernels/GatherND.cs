using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX GatherND (opset 11, 12, 13): each row of the indices names a place along the first axes after <c>batch_dims</c>.
/// </summary>
public sealed class GatherND : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["GatherND"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var (value, indices) = (call.Input(0), call.Input(1));
        var batches = (int)call.Node.GetInt("batch_dims", 0);
        var (shape, rows) = (value.shape, indices.shape);
        var named = (int)rows[^1];
        var batch = shape[..batches].Aggregate(1L, (a, b) => a * b);
        var places = shape[batches..(batches + named)];
        var lines = indices.to(ScalarType.Int64).reshape(batch, -1, named);
        var position = arange(batch).unsqueeze(1);
        for (var axis = 0; axis < named; axis++)
        {
            position = position.mul(places[axis]).add(Gather.FromFront(lines.select(2, axis), places[axis]));
        }

        var entries = value.reshape([-1, .. shape[(batches + named)..]]).index_select(0, position.flatten());
        return entries.reshape([.. rows[..^1], .. shape[(batches + named)..]]);
    }
}
