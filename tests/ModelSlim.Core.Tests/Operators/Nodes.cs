using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Tests.Operators;

/// <summary>Nodes to ask operators about. Inputs are named x0, x1 ..., outputs y0, y1 ...</summary>
internal static class Nodes
{
    /// <summary>A node with inputs of some shapes (null where one is left out) and one output.</summary>
    public static NodeView View(string opType, int[]?[] inputs, int[] output, params (string Name, AttributeValue Value)[] attributes) =>
        View(opType, inputs, [output], attributes);

    /// <summary>A node with inputs and outputs of some shapes; null where one is left out.</summary>
    public static NodeView View(string opType, int[]?[] inputs, int[]?[] outputs, params (string Name, AttributeValue Value)[] attributes) =>
        View(17, opType, inputs, outputs, _ => null, attributes);

    /// <summary>A node of some opset with inputs and outputs of some shapes, null where one is left out, and some stored values.</summary>
    public static NodeView View(
        int opset,
        string opType,
        int[]?[] inputs,
        int[]?[] outputs,
        Func<string, TensorData?> constants,
        params (string Name, AttributeValue Value)[] attributes)
    {
        var node = new Node
        {
            OpType = opType,
            Inputs = [.. inputs.Select((shape, i) => shape is null ? "" : $"x{i}")],
            Outputs = [.. outputs.Select((shape, i) => shape is null ? "" : $"y{i}")],
            Attributes = attributes.ToImmutableSortedDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal),
        };
        return Of(
            node, [.. inputs.Select((shape, i) => ($"x{i}", shape)), .. outputs.Select((shape, i) => ($"y{i}", shape))], constants, null, opset);
    }

    /// <summary>A node in which values have some shapes, and perhaps constants and movements.</summary>
    public static NodeView Of(
        Node node,
        (string Name, int[]? Shape)[] shapes,
        Func<string, TensorData?>? constants = null,
        Func<string, Movement?>? movements = null,
        int opset = 17,
        Func<string, StatedIntegers?>? stated = null)
    {
        var known = shapes.Where(s => s.Shape is not null).ToDictionary(s => s.Name, s => s.Shape!.ToImmutableArray());
        return new NodeView(node, opset, known.GetValueOrDefault, constants ?? (_ => null), movements ?? (_ => null))
        {
            Stated = stated ?? (_ => null),
        };
    }

    /// <summary>Integers behind one input.</summary>
    public static Func<string, TensorData?> Stored(string value, params long[] integers) =>
        name => name == value ? TensorData.From([integers.Length], integers) : null;

    public static AttributeValue Text(string value) => new AttributeValue.Text(value);

    public static AttributeValue Ints(params long[] values) => new AttributeValue.Ints([.. values]);

    /// <summary>What an operator sums over in a node.</summary>
    public static string[] Sums<T>(NodeView node)
        where T : Operator, new() => [.. new T().Contracted(node).Select(axis => axis.ToString())];

    /// <summary>A node that knows the axes its operator says it has inside.</summary>
    public static NodeView Inside<T>(NodeView node)
        where T : Operator, new() => Inside(new T(), node);

    /// <summary>A node that knows the axes its operator says it has inside.</summary>
    public static NodeView Inside(Operator op, NodeView node)
    {
        var inner = op.Inner(node).ToDictionary(axis => node.Inner(axis.Name).Value, axis => ImmutableArray.Create(axis.Extent));
        return node.With(value => inner.TryGetValue(value, out var extent) ? extent : node.ShapeOf(value));
    }

    /// <summary>Stored lists of integers by name, for <see cref="Of"/>.</summary>
    public static Func<string, TensorData?> Stored(params (string Name, long[] Values)[] lists)
    {
        var known = lists.ToDictionary(list => list.Name, list => TensorData.From([list.Values.Length], list.Values));
        return known.GetValueOrDefault;
    }

    /// <summary>What is left of one axis.</summary>
    public static ChannelCuts Cut(string value, int axis, params int[] kept) =>
        new([KeyValuePair.Create(new AxisRef(value, axis), kept.ToImmutableArray())]);

    public static AttributeValue Int(long value) => new AttributeValue.Int(value);

    /// <summary>What an operator says of a node, in its order.</summary>
    public static string[] Relations<T>(NodeView node)
        where T : Operator, new() => [.. new T().Relate(node).Select(Write)];

    public static string Write(AxisRelation relation) => relation switch
    {
        AxisRelation.Tied tied => $"{tied.One}={tied.Other}",
        AxisRelation.Part part => $"{part.Whole}+{part.Offset}={part.Slice}",
        AxisRelation.Blocked blocked => $"{blocked.Outer}|{blocked.Merged}",
        AxisRelation.Repeated repeated => $"{repeated.Short}*{repeated.Long}",
        AxisRelation.Grouped grouped => $"{grouped.Axis}/{grouped.Groups}",
        AxisRelation.Moved moved => $"{moved.To}<{moved.From}",
        AxisRelation.Product product => $"{product.Merged}<{string.Join('x', product.Factors)}",
        AxisRelation.Split split => $"{string.Join(' ', split.Products.Select(Write))} or {string.Join(' ', split.Otherwise.Select(Write))}",
        AxisRelation.Mixed mixed => $"~{mixed.Axis}",
        AxisRelation.Frozen frozen => $"!{frozen.Axis}",
        _ => relation.ToString(),
    };
}
