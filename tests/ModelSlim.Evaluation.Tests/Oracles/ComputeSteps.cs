using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>Steps of a net through normalizations, reductions, transposed convolutions and general products.</summary>
internal sealed class ComputeSteps(NetTape tape)
{
    private const int Widest = 36;

    /// <summary>Makes one step from a value [1, C, H, W].</summary>
    public string Picture(string x)
    {
        var shape = tape.Shape(x);
        switch (tape.Choose(10))
        {
            case 0:
                return Enlarge(x, 1);
            case 1:
                var groups = tape.Choose(2, 3, 4);
                return Enlarge(x, shape[1] % groups == 0 && shape[1] <= Widest ? groups : 1);
            case 2:
                return tape.Node("InstanceNormalization", [x, tape.Weights(3, shape[1]), tape.Weights(10, shape[1])], [.. shape]);
            case 3:
                return SpatialGate(x);
            case 4:
                return tape.Node("LRN", [x], [.. shape], ("size", new AttributeValue.Int(3)), ("alpha", new AttributeValue.Float(0.5f)));
            case 5:
                return Where(x);
            case 6:
                return Lengths(x);
            case 7:
                var to = tape.Choose(4, 6, 9);
                return tape.Node(
                    "Einsum", [x, tape.Weights(shape[1], shape[1], to)], [1, to, shape[2], shape[3]],
                    ("equation", new AttributeValue.Text("bchw,cd->bdhw")));
            case 8:
                return GroupNormalization(x);
            default:
                return tape.Node("LpNormalization", [x], [.. shape], ("axis", new AttributeValue.Int(1)), ("p", new AttributeValue.Int(tape.Choose(1, 2))));
        }
    }

    /// <summary>Makes one step from a value [1, F].</summary>
    public string Features(string x)
    {
        var shape = tape.Shape(x);
        switch (tape.Choose(6))
        {
            case 0:
                return tape.Node("LayerNormalization", [x, tape.Weights(3, shape[1]), tape.Weights(10, shape[1])], [.. shape]);
            case 1:
                var square = tape.Node("Mul", [x, x], [.. shape]);
                var mean = tape.Node("ReduceMean", [square], [1, 1], ("axes", Ints(-1)));
                var root = tape.Node("Sqrt", [tape.Node("Add", [mean, Number(1)], [1, 1])], [1, 1]);
                return tape.Node("Mul", [tape.Node("Div", [x, root], [.. shape]), tape.Weights(3, shape[1])], [.. shape]);
            case 2:
                var sum = tape.Node(tape.Choose("ReduceL1", "ReduceL2", "ReduceSumSquare"), [x], [1, 1], ("axes", Ints(1)));
                return tape.Node("Div", [x, tape.Node("Add", [sum, Number(1)], [1, 1])], [.. shape]);
            case 3:
                return shape[1] > 12 ? tape.Net.Gemm(x, 4) : tape.Net.Flatten(tape.Node(
                    "Einsum", [x, tape.Net.Gemm(x, 4)], [1, 4, shape[1]], ("equation", new AttributeValue.Text("bi,bj->bji"))));
            case 4:
                var total = tape.Node("ReduceSum", [x, tape.Sizes(1)], [1, 1]);
                return tape.Node("Mul", [x, tape.Node("Tanh", [total], [1, 1])], [.. shape]);
            default:
                return tape.Node("CumSum", [x, tape.Net.Initializer(tape.Net.NewName("axis"), TensorData.From([], [1L]))], [.. shape]);
        }
    }

    private string Enlarge(string x, int groups)
    {
        var shape = tape.Shape(x);
        if (shape[2] > 4)
        {
            return tape.Net.MaxPool(x);
        }

        var perGroup = tape.Choose(1, 2, 3);
        string[] inputs = [x, tape.Weights(shape[1] / groups, shape[1], perGroup, 2, 2)];
        return tape.Node(
            "ConvTranspose",
            tape.Choose(2) == 0 ? [.. inputs, tape.Weights(10, groups * perGroup)] : inputs,
            [1, groups * perGroup, 2 * shape[2], 2 * shape[3]],
            ("strides", Ints(2, 2)),
            ("group", new AttributeValue.Int(groups)));
    }

    // As in CBAM: what all channels have at a place decides how much of the place passes.
    private string SpatialGate(string x)
    {
        var shape = tape.Shape(x);
        int[] flat = [1, 1, shape[2], shape[3]];
        var both = tape.Net.Concat(
            1,
            tape.Node(tape.Choose("ReduceMean", "ReduceL2"), [x], flat, ("axes", Ints(1))),
            tape.Node(tape.Choose("ReduceMax", "ReduceMin"), [x], flat, ("axes", Ints(1))));
        var gate = tape.Net.Conv(both, 1, 3, pad: 1);
        return tape.Node("Mul", [x, tape.Node("Sigmoid", [gate], flat)], [.. shape]);
    }

    private string Where(string x)
    {
        var shape = tape.Shape(x);
        var above = tape.Node("Greater", [x, tape.Weights(10, shape[1], 1, 1)], [.. shape]);
        return tape.Node("Where", [above, x, tape.Node("Tanh", [x], [.. shape])], [.. shape]);
    }

    private string Lengths(string x)
    {
        var shape = tape.Shape(x);
        var length = tape.Node(tape.Choose("ReduceL2", "ReduceL1", "ReduceSumSquare"), [x], [1, 1, shape[2], shape[3]], ("axes", Ints(-3)));
        return tape.Node("Div", [x, tape.Node("Add", [length, Number(1)], [1, 1, shape[2], shape[3]])], [.. shape]);
    }

    // As exporters write it for opsets without it: runs of channels become channels of an InstanceNormalization.
    private string GroupNormalization(string x)
    {
        var shape = tape.Shape(x);
        var groups = tape.Choose(2, 3, 4);
        if (shape[1] % groups != 0)
        {
            return tape.Net.Relu(x);
        }

        var runs = tape.Reshape(x, 1, groups, shape[1] / groups * shape[2] * shape[3]);
        var ones = tape.Net.Initializer(tape.Net.NewName("ones"), [groups], 1, 1);
        var zeros = tape.Net.Initializer(tape.Net.NewName("zeros"), [groups], 0, 0);
        var normal = tape.Node("InstanceNormalization", [runs, ones, zeros], [.. tape.Shape(runs)]);
        var back = tape.Reshape(normal, [.. shape]);
        return tape.Node("Mul", [back, tape.Weights(3, shape[1], 1, 1)], [.. shape]);
    }

    private string Number(float value) => tape.Net.Initializer(tape.Net.NewName("number"), TensorData.From([], [value]));

    private static AttributeValue Ints(params long[] values) => new AttributeValue.Ints([.. values]);
}
