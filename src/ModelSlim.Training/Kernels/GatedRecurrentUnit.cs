using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX GRU (Cho et al. 2014): gates z, r, h. With <c>linear_before_reset</c> r scales R h with its bias, else the state before
/// R is applied.
/// </summary>
public sealed class GatedRecurrentUnit : Recurrence
{
    private static readonly string[] Defaults = ["Sigmoid", "Tanh"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["GRU"];

    /// <inheritdoc/>
    protected override int StateCount => 1;

    /// <inheritdoc/>
    protected override Tensor? InputBias(KernelCall call, int direction) => Bias(call, direction, false);

    /// <inheritdoc/>
    protected override Func<Tensor, Tensor[], Tensor[]> Cell(KernelCall call, int direction, long hidden)
    {
        var recurrent = call.Input(2).select(0, direction);
        var (gateWeights, candidateWeights) = (recurrent.narrow(0, 0, 2 * hidden).t(), recurrent.narrow(0, 2 * hidden, hidden).t());
        var bias = Bias(call, direction, true);
        var (gateBias, candidateBias) = (bias?.narrow(0, 0, 2 * hidden), bias?.narrow(0, 2 * hidden, hidden));
        var activation = new GateActivation(call.Node, Defaults, (int)call.Input(1).shape[0]);
        var first = 2 * direction;
        var linearFirst = call.Node.GetInt("linear_before_reset", 0) != 0;
        return (input, states) =>
        {
            var parts = input.chunk(3, 1);
            var gates = Sum(states[0].matmul(gateWeights), gateBias).chunk(2, 1);
            var update = activation.Apply(first, Clipped(call, parts[0].add(gates[0])));
            var reset = activation.Apply(first, Clipped(call, parts[1].add(gates[1])));
            var recalled = linearFirst
                ? reset.mul(Sum(states[0].matmul(candidateWeights), candidateBias))
                : Sum(reset.mul(states[0]).matmul(candidateWeights), candidateBias);
            var candidate = activation.Apply(first + 1, Clipped(call, parts[2].add(recalled)));
            return [update.neg().add(1).mul(candidate).add(update.mul(states[0]))];
        };
    }

    private static Tensor Sum(Tensor value, Tensor? bias) => bias is null ? value : value.add(bias);
}
