using ModelSlim.Core.Costs;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Simplification;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;

namespace ModelSlim.Pipeline;

/// <summary>
/// What a model costs at the most that takes one way or another, as a model with an early exit does: of the branches of each If the one
/// with more multiply-accumulates is counted, and what all of them store. Where no branch has weights, as where a detector squeezes an
/// axis, the way that the model was traced on counts: it is run anew for each choice.
/// </summary>
/// <param name="sessions">Opens models.</param>
/// <param name="catalog">What is known about operators.</param>
public sealed class CostliestCourse(SessionFactory sessions, OperatorCatalog catalog)
{
    // Branches may hold branches.
    private const int MostChoices = 16;
    private readonly RecipeTrace tracer = new(new ModelTracer(sessions, catalog));

    /// <summary>Counts.</summary>
    /// <param name="found">The model.</param>
    /// <param name="recipe">Sizes for symbolic dimensions.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The cost as it was given where the model has no If.</returns>
    public ModelCost Of(ModelAnalysis found, Recipe recipe, CancellationToken cancellation)
    {
        var (model, trace, macs) = (found.Model, found.Trace, found.Given.Macs);
        for (var choice = 0; choice < MostChoices; choice++)
        {
            var weighed = Weighed(new GraphIndex(model.Graph));
            if (GraphSimplifier.Conditions(model.Graph).FirstOrDefault(weighed.Contains) is not { } condition)
            {
                break;
            }

            // What decides is computed whatever comes of it.
            var decided = new GraphIndex(model.Graph).Producer(condition) is null || model.Graph.Outputs.Any(output => output.Name == condition)
                ? model.Graph
                : model.Graph with { Outputs = model.Graph.Outputs.Add(new GraphValue(condition, ElementType.Undefined, default)) };
            var simplifier = new GraphSimplifier(new GraphIndex(decided), trace, catalog);
            var ways = new[] { true, false }
                .Select(holds => simplifier.Simplify(new Dictionary<string, TensorData>(StringComparer.Ordinal) { [condition] = Truth(holds) }))
                .Where(graph => !ReferenceEquals(graph, decided))
                .Select(graph => (Model: model.With(graph), Trace: tracer.Run(model.With(graph), recipe, cancellation).Value))
                .Where(way => way.Trace is not null)
                .Select(way => (way.Model, Trace: way.Trace!, new CostModel(catalog).Measure(way.Model, way.Trace!).Macs))
                .ToArray();
            if (ways.Length == 0)
            {
                break;
            }

            (model, trace, macs) = ways.MaxBy(way => way.Macs);
        }

        return found.Given with { Macs = Math.Max(macs, found.Given.Macs), Params = found.Given.Params + Stored(found.Model.Graph) };
    }

    // The conditions of nodes whose branches store or read weights.
    private static HashSet<string> Weighed(GraphIndex index) => index.Graph.Nodes
        .Where(node => node.Subgraphs.Any(HasWeights)
            || (node.Subgraphs.Any() && GraphIndex.Captured(node).Any(value => index.Constant(value) is { } tensor && IsWeight(tensor))))
        .Select(node => node.Inputs[0])
        .ToHashSet(StringComparer.Ordinal);

    private static bool HasWeights(Graph graph) =>
        new GraphIndex(graph).Constants.Values.Any(IsWeight) || graph.Nodes.SelectMany(node => node.Subgraphs).Any(HasWeights);

    private static bool IsWeight(TensorData tensor) => tensor is { IsFloatingPoint: true, Shape.Length: > 1 };

    private static long Stored(Graph graph) => graph.Nodes.SelectMany(node => node.Subgraphs)
        .Sum(inner => new GraphIndex(inner).Constants.Values.Where(tensor => tensor.IsFloatingPoint && tensor.Shape.Length > 0).Sum(tensor => tensor.Length) + Stored(inner));

    private static TensorData Truth(bool holds) => new(ElementType.Bool, [], new[] { holds ? (byte)1 : (byte)0 });
}
