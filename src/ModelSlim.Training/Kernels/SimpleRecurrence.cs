using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX RNN (Elman 1990): h = f(W x + R h + biases).</summary>
public sealed class SimpleRecurrence : Recurrence
{
    private static readonly string[] Defaults = ["Tanh"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["RNN"];

    /// <inheritdoc/>
    protected override int StateCount => 1;

    /// <inheritdoc/>
    protected override Tensor? InputBias(KernelCall call, int direction) =>
        Bias(call, direction, false) is { } bias ? bias.add(Bias(call, direction, true)!) : null;

    /// <inheritdoc/>
    protected override Func<Tensor, Tensor[], Tensor[]> Cell(KernelCall call, int direction, long hidden)
    {
        var recurrent = call.Input(2).select(0, direction).t();
        var activation = new GateActivation(call.Node, Defaults, (int)call.Input(1).shape[0]);
        return (input, states) => [activation.Apply(direction, Clipped(call, input.add(states[0].matmul(recurrent))))];
    }
}
