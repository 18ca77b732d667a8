using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// The values that a loss is taken on: every output of floating-point numbers, before the Softmax, LogSoftmax or Sigmoid that
/// it may end in, since losses and their gradients are those of logits.
/// </summary>
internal sealed record LossOutputs
{
    private LossOutputs(Graph graph, bool independent) => (Graph, Independent) = (graph, independent);

    /// <summary>The graph with those values as its outputs.</summary>
    public Graph Graph { get; }

    /// <summary>True where the first output's numbers are no classes: it ends in Sigmoid, so that they are answers to questions of their own, or it was said.</summary>
    public bool Independent { get; }

    /// <summary>Finds them.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="independent">True where the first output is known to hold no scores of classes.</param>
    public static LossOutputs Of(Graph graph, bool independent = false)
    {
        var index = new GraphIndex(graph);
        var real = graph.Outputs.Where(output => output.Type
            is ElementType.Undefined or ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.BFloat16).ToArray();
        return new LossOutputs(
            graph with { Outputs = [.. real.Select(output => Before(output, index))] },
            independent || (real.Length > 0 && index.Producer(real[0].Name) is { OpType: "Sigmoid", Domain: "" }));
    }

    /// <summary>A graph after training, with the outputs of the model again.</summary>
    public static Graph Restore(Graph trained, Graph model) => trained with { Outputs = model.Outputs };

    private static GraphValue Before(GraphValue output, GraphIndex index) =>
        index.Producer(output.Name) is { OpType: "Softmax" or "LogSoftmax" or "Sigmoid", Domain: "" } last
            && index.Constant(last.Inputs[0]) is null
            ? new GraphValue(last.Inputs[0], output.Type, ImmutableArray<Dimension>.Empty)
            : output;
}
