using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX LSTM (Hochreiter and Schmidhuber 1997): gates i, o, f, c; peepholes P [D, 3 * H] in the order i, o, f;
/// <c>input_forget</c> couples f to i.
/// </summary>
public sealed class LongShortTermMemory : Recurrence
{
    private static readonly string[] Defaults = ["Sigmoid", "Tanh", "Tanh"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["LSTM"];

    /// <inheritdoc/>
    protected override int StateCount => 2;

    /// <inheritdoc/>
    protected override Tensor? InputBias(KernelCall call, int direction) =>
        Bias(call, direction, false) is { } bias ? bias.add(Bias(call, direction, true)!) : null;

    /// <inheritdoc/>
    protected override Func<Tensor, Tensor[], Tensor[]> Cell(KernelCall call, int direction, long hidden)
    {
        var recurrent = call.Input(2).select(0, direction).t();
        var peepholes = call.Optional(7)?.select(0, direction).chunk(3, 0);
        var activation = new GateActivation(call.Node, Defaults, (int)call.Input(1).shape[0]);
        var first = 3 * direction;
        var coupled = call.Node.GetInt("input_forget", 0) != 0;
        return (input, states) =>
        {
            var gates = input.add(states[0].matmul(recurrent)).chunk(4, 1);
            Tensor Gate(int place, int? peephole, Tensor cell) => Clipped(
                call, peepholes is null || peephole is null ? gates[place] : gates[place].add(peepholes[peephole.Value].mul(cell)));

            var write = activation.Apply(first, Gate(0, 0, states[1]));
            var keep = coupled ? write.neg().add(1) : activation.Apply(first, Gate(2, 2, states[1]));
            var candidate = activation.Apply(first + 1, Gate(3, null, states[1]));
            var memory = keep.mul(states[1]).add(write.mul(candidate));
            var read = activation.Apply(first, Gate(1, 1, memory));
            return [read.mul(activation.Apply(first + 2, memory)), memory];
        };
    }
}
