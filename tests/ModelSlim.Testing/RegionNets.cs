using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Testing;

/// <summary>Nets that compute with as many rows as they find, as a detector pools the boxes of one level of a pyramid.</summary>
public static class RegionNets
{
    /// <summary>
    /// Rows [8, 16] of which those that are found are gathered and scattered into zeros, at places that an Expand repeats along all
    /// channels: its target copies the number of channels and that of the rows found, and replaces -1, as torch exports it.
    /// </summary>
    /// <param name="bound">A row is found where the mean of its input is larger.</param>
    public static OnnxModel Scattered(float bound)
    {
        var net = new ModelBuilder();
        string Numbers(string name, params long[] values) => net.Initializer(name, TensorData.From([values.Length], values));
        var x = net.Input("x", 8, 6);
        var rows = net.Relu(net.Gemm(x, 16));
        var score = net.Node("ReduceMean", [x], [8], ("axes", new AttributeValue.Ints([1])), ("keepdims", new AttributeValue.Int(0)));
        var found = net.Node("NonZero", [net.Node("Greater", [score, net.Initializer("bound", TensorData.From([], [bound]))], [8])]);
        var places = net.Node("Squeeze", [found, Numbers("first", 0)]);
        var features = net.Node("Gather", [rows, places], null, ("axis", new AttributeValue.Int(0)));
        var size = net.Node(
            "Concat",
            [
                net.Node("Gather", [net.Node("Shape", [places]), Numbers("count", 0)]),
                net.Node("Gather", [net.Node("Shape", [features]), Numbers("channels", 1)]),
            ],
            null,
            ("axis", new AttributeValue.Int(0)));
        var ones = net.Node(
            "ConstantOfShape", [net.Node("Shape", [size])], null, ("value", new AttributeValue.Tensor(TensorData.From([1], [1L]))));
        var open = net.Node("Equal", [size, net.Node("Mul", [ones, net.Initializer("minus", TensorData.From([], [-1L]))])]);
        var column = net.Node("Reshape", [places, Numbers("column", -1, 1)]);
        var repeated = net.Node("Expand", [column, net.Node("Where", [open, ones, size])]);
        var zeros = net.Node("ConstantOfShape", [net.Node("Shape", [rows])]);
        var scattered = net.Node("ScatterElements", [zeros, repeated, features], [8, 16], ("axis", new AttributeValue.Int(0)));
        net.Output(net.Gemm(scattered, 4));
        return net.Build();
    }
}
