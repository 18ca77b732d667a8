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

    /// <summary>The node.</summary>
    public Node Node { get; }

    /// <summary>Version of its operator domain.</summary>
    public int Opset { get; }

    /// <summary>The graph of the node; null where it is looked at by itself.</summary>
    public GraphIndex? Surroundings { private get; init; }

    /// <summary>Number of inputs that are given.</summary>
    public int InputCount => Node.Inputs.Length;

    /// <summary>Looks at a node of a traced graph.</summary>
    public static NodeView Of(Node node, GraphIndex index, ValueTrace trace) => new(
        node,
        index.Graph.Opsets.GetValueOrDefault(node.Domain, 1),
        value => trace.Shapes.TryGetValue(value, out var shape) ? shape : default,
        index.Constant,
        value => trace.Movements.GetValueOrDefault(value))
    {
        Surroundings = index,
    };

    /// <summary>The same node with other shapes.</summary>
    public NodeView With(Func<string, ImmutableArray<int>> otherShapes) =>
        new(Node, Opset, otherShapes, constants, movements) { Surroundings = Surroundings };

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
