using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Simplification;

/// <summary>
/// Takes the control flow out of a graph that takes the same course on every input: If (ONNX opset 1 to 24) whose condition is
/// known becomes its branch, Loop whose number of turns is known becomes its turns, and sequences whose members are known become the members.
/// Exporters that trace scripts write such, and nothing could be pruned through it. What is computed stays the same.
/// </summary>
public sealed class GraphSimplifier
{
    private const int MostNodes = 1 << 16;

    private static readonly ImmutableHashSet<string> Flow = ImmutableHashSet.Create(
        StringComparer.Ordinal, "If", "Loop", "SequenceEmpty", "SequenceConstruct", "SequenceInsert", "SequenceErase", "SequenceAt", "SequenceLength",
        "SplitToSequence", "ConcatFromSequence");

    private readonly GraphIndex index;
    private readonly ValueTrace trace;
    private readonly ShapeCertainty certainty;

    /// <summary>Looks at a traced graph.</summary>
    public GraphSimplifier(GraphIndex index, ValueTrace trace, OperatorCatalog catalog)
    {
        this.index = index;
        this.trace = trace;
        certainty = new ShapeCertainty(index, trace, catalog);
        Deciding =
        [
            .. index.Graph.Nodes.Where(IsFlow).SelectMany(node => node.Inputs.Take(node.OpType == "Loop" ? 2 : node.Inputs.Length))
                .Where(name => name.Length > 0 && index.Producer(name) is not null && index.Constant(name) is null && certainty.Has(name)).Distinct(),
        ];
        Measured = [.. Deciding.SelectMany(certainty.Measures).Distinct()];
    }

    /// <summary>True where a graph has anything that could be made simpler.</summary>
    public static bool Concerns(Graph graph) => graph.Nodes.Any(IsFlow);

    /// <summary>Computed values that decide a course and hang on sizes alone; what they hold has to be observed.</summary>
    public ImmutableArray<string> Deciding { get; }

    /// <summary>
    /// The sizes that those hang on, each the name of an output of Shape and a place in it: where they are the same at all sizes of the
    /// inputs, so is what is decided.
    /// </summary>
    public ImmutableArray<AxisRef> Measured { get; }

    /// <summary>True where no size of an input can change.</summary>
    public bool IsStatic => certainty.IsStatic;

    /// <summary>What decides which branch of an If is taken, in order.</summary>
    /// <param name="graph">A graph.</param>
    public static IEnumerable<string> Conditions(Graph graph) =>
        graph.Nodes.Where(node => node.Domain.Length == 0 && node.OpType == "If").Select(node => node.Inputs[0]).Distinct();

    /// <summary>Makes the graph simpler.</summary>
    /// <param name="observed">What values of <see cref="Deciding"/> hold whenever the model runs.</param>
    /// <returns>The simpler graph; the same object where nothing is simpler.</returns>
    public Graph Simplify(IReadOnlyDictionary<string, TensorData> observed)
    {
        var graph = new SimpleGraph(index);
        TensorData? Known(string value) => graph.Constant(value) ?? observed.GetValueOrDefault(value);
        var courses = new KnownCourses(graph, Known);
        var sequences = new KnownSequences(
            graph, Known, value => IsStatic && certainty.IsSized(value) && trace.Shapes.TryGetValue(value, out var shape) ? shape : null);
        var waiting = new Stack<Node>(index.Graph.Nodes.Reverse());
        var (left, joints) = (MostNodes, new HashSet<Node>(ReferenceEqualityComparer.Instance));
        while (waiting.TryPop(out var next))
        {
            var node = graph.Current(next);
            if (joints.Contains(next))
            {
                graph.Replace(next.Outputs[0], node.Inputs[0]);
            }
            else if (left > 0 && CanGo(node) && courses.Of(node) is { } course)
            {
                left -= course.Nodes.Length;
                joints.UnionWith(course.Joints);
                foreach (var inner in course.Nodes.Concat(course.Joints).Reverse())
                {
                    waiting.Push(inner);
                }
            }
            else
            {
                graph.Keep(node);
                sequences.See(node);
            }
        }

        return graph.IsChanged ? graph.Finish() : index.Graph;
    }

    private static bool IsFlow(Node node) => node.Domain.Length == 0 && Flow.Contains(node.OpType);

    // Identity copies tensors only, up to opset 13.
    private bool CanGo(Node node) => node.Outputs.All(output => !index.IsOutput(output) || trace.Shapes.ContainsKey(output));
}
