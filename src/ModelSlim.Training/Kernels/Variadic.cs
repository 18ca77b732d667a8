using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Max, Min, Mean and Sum (opset 6, 8, 12, 13): of any number of inputs, which broadcast.</summary>
public sealed class Variadic : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Max", "Min", "Mean", "Sum"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var result = call.Input(0).alias();
        for (var input = 1; input < call.Inputs.Count; input++)
        {
            result = call.Node.OpType switch
            {
                "Max" => result.maximum(call.Input(input)),
                "Min" => result.minimum(call.Input(input)),
                _ => result.add(call.Input(input)),
            };
        }

        return call.Node.OpType == "Mean" ? result.div(call.Inputs.Count) : result;
    }
}
