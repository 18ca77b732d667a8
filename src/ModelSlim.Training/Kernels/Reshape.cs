using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Reshape (opset 5, 13, 14): 0 keeps an extent unless <c>allowzero</c>, -1 takes what is left. Where the file states the
/// batch it was exported for in the first extent, that extent follows the batch of the run.
/// </summary>
public sealed class Reshape : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Reshape"];

    /// <inheritdoc/>
    public override bool Passes(int input) => input == 0;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var target = call.Integers(1, "shape") ?? throw new InvalidDataException($"{call.Node.Label} has no shape.");
        if (call.Node.GetInt("allowzero", 0) == 0)
        {
            for (var axis = 0; axis < target.Length; axis++)
            {
                target[axis] = target[axis] == 0 ? value.shape[axis] : target[axis];
            }
        }

        return value.reshape(FollowBatch(target, value, call.Batch));
    }

    private static long[] FollowBatch(long[] target, Tensor value, BatchAxis batch)
    {
        if (target.Length == 0 || value.dim() == 0)
        {
            return target;
        }

        if (target.Contains(-1))
        {
            // Whatever is left always fits, so a target such as [1, -1] is taken to state the batch.
            target[0] = target[0] == batch.Traced && value.shape[0] == batch.Extent ? batch.Extent : target[0];
        }
        else if (target.Aggregate(1L, (a, b) => a * b) * batch.Extent == value.numel() * batch.Traced)
        {
            target[0] = target[0] * batch.Extent / batch.Traced;
        }

        return target;
    }
}
