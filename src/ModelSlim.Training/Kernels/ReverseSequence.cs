using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX ReverseSequence (opset 10): the first steps of each sequence of the batch backwards, as many as it is long.</summary>
public sealed class ReverseSequence : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["ReverseSequence"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var (time, batch) = (call.Axis("time_axis", 0, value.dim()), call.Axis("batch_axis", 1, value.dim()));
        var steps = Along(arange(value.shape[time]), time, value.dim());
        var lengths = Along(call.Input(1).to(ScalarType.Int64), batch, value.dim());
        var sources = where(steps.lt(lengths), lengths.sub(1).sub(steps), steps);
        return value.gather(time, sources.expand(value.shape));
    }

    private static Tensor Along(Tensor vector, int axis, long rank)
    {
        long[] shape = [.. Enumerable.Repeat(1L, (int)rank)];
        shape[axis] = vector.shape[0];
        return vector.reshape(shape);
    }
}
