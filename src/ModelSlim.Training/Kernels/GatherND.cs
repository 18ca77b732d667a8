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
        var rest = value.shape[(batches + (int)indices.shape[^1])..];
        var entries = value.reshape([-1, .. rest]).index_select(0, Positions(value, indices, batches));
        return entries.reshape([.. indices.shape[..^1], .. rest]);
    }

    /// <summary>The place that each row of the indices names, counted over all indexed axes together: [number of rows].</summary>
    /// <param name="value">What is indexed.</param>
    /// <param name="indices">[..., number of indexed axes].</param>
    /// <param name="batches">Leading axes that both share.</param>
    internal static Tensor Positions(Tensor value, Tensor indices, int batches)
    {
        var named = (int)indices.shape[^1];
        var places = value.shape[batches..(batches + named)];
        var batch = value.shape[..batches].Aggregate(1L, (a, b) => a * b);
        var lines = indices.to(ScalarType.Int64).reshape(batch, -1, named);
        var position = arange(batch).unsqueeze(1);
        for (var axis = 0; axis < named; axis++)
        {
            position = position.mul(places[axis]).add(Gather.FromFront(lines.select(2, axis), places[axis]));
        }

        return position.flatten();
    }
}
