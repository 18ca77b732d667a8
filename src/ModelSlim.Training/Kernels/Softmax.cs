using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Softmax. From opset 13 on along <c>axis</c> (-1); before, along all axes from <c>axis</c> (1) on together.
/// </summary>
public sealed class Softmax : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Softmax"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        if (call.Opset >= 13)
        {
            return value.softmax(call.Node.GetInt("axis", -1));
        }

        var axis = (int)call.Node.GetInt("axis", 1);
        axis = axis < 0 ? axis + (int)value.dim() : axis;
        return value.reshape([.. value.shape[..axis], -1]).softmax(axis).reshape(value.shape);
    }
}
