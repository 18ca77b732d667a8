using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX ArgMax and ArgMin (opset 1, 11, 12, 13): where the largest or smallest element of <c>axis</c> (0) is; the first of
/// equal ones, or the last with <c>select_last_index</c>. Indices have no gradient.
/// </summary>
public sealed class Extreme : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["ArgMax", "ArgMin"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0).detach();
        var axis = call.Axis("axis", 0, value.dim());
        var keep = call.Node.GetInt("keepdims", 1) != 0;
        var largest = call.Node.OpType == "ArgMax";
        if (call.Node.GetInt("select_last_index", 0) == 0)
        {
            return Of(value, axis, keep, largest);
        }

        return Of(value.flip(axis), axis, keep, largest).neg().add(value.shape[axis] - 1);
    }

    private static Tensor Of(Tensor value, int axis, bool keep, bool largest) =>
        largest ? value.argmax(axis, keep) : value.argmin(axis, keep);
}
