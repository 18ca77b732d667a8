using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Range (opset 11): from start to before limit, delta apart.</summary>
public sealed class SequenceOfNumbers : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Range"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var (start, limit, delta) = (call.Number(0)!.Value, call.Number(1)!.Value, call.Number(2)!.Value);
        var count = Math.Max(0, (long)Math.Ceiling((limit - start) / delta));
        var type = call.Input(0).dtype;
        return arange(count, ScalarType.Int64).to(type).mul(call.Input(2)).add(call.Input(0));
    }
}
