using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Testing;

/// <summary>Shape arithmetic as exporters write it: Shape, Gather of one extent, a few operators, Unsqueeze, Concat.</summary>
/// <param name="net">The net it is part of; opset 13 or later.</param>
public sealed class ShapeArithmetic(ModelBuilder net)
{
    /// <summary>An extent of a value, as a scalar.</summary>
    public string Extent(string x, int axis) => net.Node("Gather", [net.Node("Shape", [x], [net.Shape(x).Length]), Number(axis)], []);

    /// <summary>A stored scalar.</summary>
    public string Number(long value) => net.Initializer(net.NewName("number"), TensorData.From([], [value]));

    /// <summary>A stored list.</summary>
    public string Numbers(params long[] values) => net.Initializer(net.NewName("numbers"), TensorData.From([values.Length], values));

    /// <summary>What an operator makes of two scalars.</summary>
    public string Of(string opType, string a, string b) => net.Node(opType, [a, b], []);

    /// <summary>A list of scalars.</summary>
    public string List(params string[] scalars) => net.Node(
        "Concat",
        [.. scalars.Select(scalar => net.Node("Unsqueeze", [scalar, Numbers(0)], [1]))],
        [scalars.Length],
        ("axis", new AttributeValue.Int(0)));

    /// <summary>Some of the extents of a value, as a list.</summary>
    public string Extents(string x, int from, int to) => net.Node(
        "Slice", [net.Node("Shape", [x], [net.Shape(x).Length]), Numbers(from), Numbers(to), Numbers(0)], [to - from]);

    /// <summary>Reshape to a computed shape.</summary>
    /// <param name="x">What is reshaped.</param>
    /// <param name="target">The list that is computed.</param>
    /// <param name="shape">What it comes to.</param>
    public string Reshape(string x, string target, params int[] shape) => net.Node("Reshape", [x, target], shape);

    /// <summary>Transpose.</summary>
    public string Transpose(string x, params int[] order) => net.Node(
        "Transpose", [x], [.. order.Select(axis => net.Shape(x)[axis])], ("perm", new AttributeValue.Ints([.. order.Select(axis => (long)axis)])));

    /// <summary>Slice of one axis between stored bounds.</summary>
    public string Slice(string x, int axis, int from, int to, int step = 1) => net.Node(
        "Slice",
        [x, Numbers(from), Numbers(to), Numbers(axis), Numbers(step)],
        [.. net.Shape(x).SetItem(axis, (Math.Min(to, net.Shape(x)[axis]) - from + step - 1) / step)]);

    /// <summary>MatMul with stored weights.</summary>
    public string MatMul(string x, int features)
    {
        var from = net.Shape(x)[^1];
        var weights = net.Initializer(net.NewName("matrix"), [from, features], -ModelBuilder.Bound(from), ModelBuilder.Bound(from));
        return net.Node("MatMul", [x, weights], [.. net.Shape(x)[..^1], features]);
    }
}
