using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Softmax, LogSoftmax and Hardmax. From opset 13 on along <c>axis</c> (-1); before, along all axes from <c>axis</c> (1)
/// on together. Hardmax has the gradient 0.
/// </summary>
public sealed class Softmax : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Softmax", "LogSoftmax", "Hardmax"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        if (call.Opset >= 13)
        {
            return Along(call.Node.OpType, value, call.Axis("axis", -1, value.dim()));
        }

        var axis = call.Axis("axis", 1, value.dim());
        return Along(call.Node.OpType, value.reshape([.. value.shape[..axis], -1]), axis).reshape(value.shape);
    }

    private static Tensor Along(string name, Tensor value, int axis) => name switch
    {
        "Softmax" => value.softmax(axis),
        "LogSoftmax" => nn.functional.log_softmax(value, axis),
        _ => zeros_like(value).scatter(axis, value.argmax(axis, keepdim: true), ones_like(value)),
    };
}
