using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Operators;

/// <summary>A node with the shapes and constants an operator needs to answer questions about it.</summary>
public sealed class NodeView
{
    private readonly Func<string, ImmutableArray<int>> shapes;
    private readonly Func<string, TensorData?> constants;
    private readonly Func<string, Movement?> movements;

    /// <summary>Looks at a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="opset">Version of its operator domain.</param>
    /// <param name="shapes">Extents of a value; default (not initialised) where they are not known.</param>
    /// <param name="constants">The constant behind a value, or null.</param>
    /// <param name="movements">The traced movement of an output, or null.</param>
    public NodeView(
        Node node,
        int opset,
        Func<string, ImmutableArray<int>> shapes,
        Func<string, TensorData?> constants,
        Func<string, Movement?> movements)
    {
        Node = node;
        Opset = opset;
        this.shapes = shapes;
        this.constants = constants;
        this.movements = movements;
    }

    /// <summary>Integers that depend on shapes alone, by value; null for values that do not.</summary>
    public Func<string, StatedIntegers?> Stated { private get; init; } = _ => null;

    /// <summary>What is kept of each axis that was cut, ascending; null for an axis that is whole.</summary>
    public Func<AxisRef, ImmutableArray<int>?> Cuts { private get; init; } = _ => null;

    /// <summary>The node.</summary>
    public Node Node { get; }

    /// <summary>Version of its operator domain.</summary>
    public int Opset { get; }

    /// <summary>The graph of the node; null where it is looked at by itself.</summary>
    public GraphIndex? Surroundings { private get; init; }

    /// <summary>Number of inputs that are given.</summary>
    public int InputCount => Node.Inputs.Length;

    /// <summary>Looks at a node of a traced graph.</summary>
    public static NodeView Of(Node node, GraphIndex index, ValueTrace trace) => Of(node, index, trace, _ => null);

    /// <summary>Looks at a node of a traced graph whose shape arithmetic was followed.</summary>
    public static NodeView Of(Node node, GraphIndex index, ValueTrace trace, ShapeOrigins origins) =>
        Of(node, index, trace, origins.Integers);

    private static NodeView Of(Node node, GraphIndex index, ValueTrace trace, Func<string, StatedIntegers?> stated) => new(
        node,
        index.Graph.Opsets.GetValueOrDefault(node.Domain, 1),
        value => trace.Shapes.TryGetValue(value, out var shape) ? shape : default,
        index.Constant,
        value => trace.Movements.GetValueOrDefault(value))
    {
        Stated = stated,
        Surroundings = index,
    };

    /// <summary>The same node with other shapes.</summary>
    public NodeView With(Func<string, ImmutableArray<int>> otherShapes) =>
        new(Node, Opset, otherShapes, constants, movements) { Stated = Stated, Cuts = Cuts, Surroundings = Surroundings };

    /// <summary>The same node after cuts.</summary>
    /// <param name="kept">What is kept of every axis.</param>
    /// <param name="integers">What integers that depend on shapes alone are then.</param>
    public NodeView After(ChannelCuts kept, Func<string, StatedIntegers?> integers) =>
        new(Node, Opset, value => shapes(value) is { IsDefault: false } shape ? kept.Shorten(value, shape) : default, constants, movements)
        {
            Stated = integers,
            Cuts = axis => kept.Of(axis.Value, axis.Axis),
            Surroundings = Surroundings,
        };

    /// <summary>True where the node has input <paramref name="index"/>.</summary>
    public bool HasInput(int index) => Node.Input(index).Length > 0;

    /// <summary>Extents of a value.</summary>
    public ImmutableArray<int> ShapeOf(string value) => shapes(value);

    /// <summary>Extents of input <paramref name="index"/>.</summary>
    public ImmutableArray<int> InputShape(int index) => shapes(Node.Input(index));

    /// <summary>Extents of output <paramref name="index"/>.</summary>
    public ImmutableArray<int> OutputShape(int index = 0) => shapes(Node.Outputs[index]);

    /// <summary>The constant behind input <paramref name="index"/>, or null.</summary>
    public TensorData? Constant(int index) => HasInput(index) ? constants(Node.Input(index)) : null;

    /// <summary>
    /// Integers that input <paramref name="index"/> holds whatever data the model is fed: a constant's, or what shapes alone
    /// decide, at the traced sizes; default (not initialised) where they are not known.
    /// </summary>
    public ImmutableArray<long> Integers(int index) => Constant(index) is { Type: ElementType.Int64 or ElementType.Int32 } constant
        ? [.. constant.ToInt64s()]
        : HasInput(index) && Stated(Node.Input(index)) is { } known ? known.Values : default;

    /// <summary>True where element <paramref name="element"/> of <see cref="Integers"/> is the same at all input sizes.</summary>
    public bool IsFixed(int index, int element) => Constant(index) is not null || Stated(Node.Input(index)) is { } known && known.Fixed[element];

    /// <summary>The places of an axis that are kept, ascending; null for an axis that is whole.</summary>
    public ImmutableArray<int>? Kept(AxisRef axis) => Cuts(axis);
    /// <summary>True where a value is stored in the model.</summary>
    public bool IsStored(string value) => constants(value) is not null;

    /// <summary>The node that makes input <paramref name="index"/>, or null.</summary>
    public Node? Producer(int index) => HasInput(index) ? Surroundings?.Producer(Node.Input(index)) : null;

    /// <summary>True where nobody but nodes of one operator reads output <paramref name="index"/>.</summary>
    public bool OnlyFeeds(int index, string opType) =>
        Surroundings is { } graph
        && !graph.IsOutput(Node.Outputs[index])
        && graph.Consumers(Node.Outputs[index]).All(node => node.OpType == opType);

    /// <summary>The traced movement of output <paramref name="index"/>, or null.</summary>
    public Movement? Movement(int index = 0) => movements(Node.Outputs[index]);

    /// <summary>An axis of input <paramref name="index"/>.</summary>
    public AxisRef In(int index, int axis) => new(Node.Inputs[index], axis);

    /// <summary>An axis that the node has inside only (<see cref="Operator.Inner"/>).</summary>
    public AxisRef Inner(string name) => new($"{name} of {Node.Outputs.First(output => output.Length > 0)}", 0);

    /// <summary>Extent of such an axis.</summary>
    public int InnerExtent(string name) => shapes(Inner(name).Value)[0];

    /// <summary>An axis of output <paramref name="index"/>.</summary>
    public AxisRef Out(int axis, int index = 0) => new(Node.Outputs[index], axis);
}
