using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// What ONNX LSTM, GRU and RNN (opset 7, 14, 22) share: X [T, B, I], W [D, G * H, I], R [D, G * H, H], B [D, 2 * G * H], sequence lengths [B], states [D, B, H]. Outputs: Y [T, D, B, H], then the last states.
/// States that were made for the batch of the file are repeated for the batch of the run.
/// </summary>
public abstract class Recurrence : MultiOutputKernel
{
    /// <summary>Number of states that go from step to step: the hidden state, which is the output, and what follows it.</summary>
    protected abstract int StateCount { get; }

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) => input is 1 or 2 or 3 or 7 ? InputRole.Weight : InputRole.Setting;

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) =>
        node.GetInt("layout", 0) != 0 ? "its first axis is the batch (layout = 1)"
        : GateActivation.Knows(node) ? null
        : "it has an activation of its own";

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor?> RunAll(KernelCall call)
    {
        var node = call.Node;
        var value = call.Input(0);
        var directions = (int)call.Input(1).shape[0];
        var lengths = call.Optional(4)?.to(ScalarType.Int64);
        var backwardFirst = node.GetText("direction", "forward") == "reverse";
        var runs = new List<(Tensor Output, Tensor[] States)>();
        for (var direction = 0; direction < directions; direction++)
        {
            runs.Add(Direction(call, value, lengths, direction, backwardFirst || direction == 1));
        }

        var states = Enumerable.Range(0, StateCount).Select(place => stack(runs.Select(run => run.States[place]), 0));
        return [stack(runs.Select(run => run.Output), 1), .. states];
    }

    /// <summary>Prepares one direction.</summary>
    /// <param name="call">The call.</param>
    /// <param name="direction">Its index.</param>
    /// <param name="hidden">H.</param>
    /// <returns>One step: from W x [B, G * H], with the biases that can be added ahead, and the states to the next states.</returns>
    protected abstract Func<Tensor, Tensor[], Tensor[]> Cell(KernelCall call, int direction, long hidden);

    /// <summary>The bias that is added to W x ahead of all steps, [G * H]; null where there is none.</summary>
    /// <param name="call">The call.</param>
    /// <param name="direction">Index of the direction.</param>
    protected abstract Tensor? InputBias(KernelCall call, int direction);

    /// <summary>The bias of W or, as the second half, of R, [G * H]; null where there is none.</summary>
    protected static Tensor? Bias(KernelCall call, int direction, bool recurrent) => call.Optional(3)?.select(0, direction).chunk(2, 0)[recurrent ? 1 : 0];

    /// <summary>A value held within <c>clip</c>, where the node has it.</summary>
    protected static Tensor Clipped(KernelCall call, Tensor value)
    {
        var clip = call.Node.GetFloat("clip", 0);
        return clip > 0 ? value.clamp(-clip, clip) : value;
    }

    private (Tensor Output, Tensor[] States) Direction(KernelCall call, Tensor value, Tensor? lengths, int direction, bool backward)
    {
        var hidden = call.Input(2).shape[2];
        var (steps, batch) = ((int)value.shape[0], value.shape[1]);
        var states = Enumerable.Range(0, StateCount).Select(place => Initial(call, 5 + place, direction, batch, hidden)).ToArray();
        var cell = Cell(call, direction, hidden);
        var projected = RowProduct.Of(value, call.Input(1).select(0, direction).t());
        if (InputBias(call, direction) is { } bias)
        {
            projected = projected.add(bias);
        }

        var inputs = projected.unbind(0);
        var outputs = new Tensor[steps];
        for (var step = 0; step < steps; step++)
        {
            var time = backward ? steps - 1 - step : step;
            var next = cell(inputs[time], states);
            if (lengths is null)
            {
                states = next;
                outputs[time] = next[0];
                continue;
            }

            // Past the end of a sequence its states stay and its outputs are 0.
            var runs = lengths.gt(time).unsqueeze(1);
            states = [.. next.Zip(states, (later, earlier) => where(runs, later, earlier))];
            outputs[time] = next[0].mul(runs.to(next[0].dtype));
        }

        return (stack(outputs, 0), states);
    }

    private static Tensor Initial(KernelCall call, int input, int direction, long batch, long hidden)
    {
        if (call.Optional(input) is not { } stated)
        {
            return zeros([batch, hidden], call.Real);
        }

        var state = stated.select(0, direction);
        return state.shape[0] == batch || batch % state.shape[0] != 0 ? state : state.repeat(batch / state.shape[0], 1);
    }
}
