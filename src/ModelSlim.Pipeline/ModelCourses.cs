using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Simplification;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;

namespace ModelSlim.Pipeline;

/// <summary>The courses that a model may take, where branches of an If store or read weights: the model of each, without that If, traced.</summary>
/// <param name="sessions">Opens models.</param>
/// <param name="catalog">What is known about operators.</param>
public sealed class ModelCourses(SessionFactory sessions, OperatorCatalog catalog)
{
    private readonly RecipeTrace tracer = new(new ModelTracer(sessions, catalog));

    /// <summary>The model, and for each such If, also of a branch, what is left of it on either way; the others are taken on some way or stay.</summary>
    /// <param name="model">The model.</param>
    /// <param name="trace">Its trace.</param>
    /// <param name="recipe">Sizes for symbolic dimensions.</param>
    /// <param name="cancellation">Ends it.</param>
    public IEnumerable<(OnnxModel Model, ValueTrace Trace)> All(OnnxModel model, ValueTrace trace, Recipe recipe, CancellationToken cancellation)
    {
        var waiting = new Queue<(OnnxModel Model, ValueTrace Trace, ImmutableHashSet<string> Past)>([(model, trace, [])]);
        while (waiting.TryDequeue(out var next))
        {
            yield return (next.Model, next.Trace);
            var ways = Conditions(next.Model.Graph)
                .Where(condition => !next.Past.Contains(condition))
                .Select(condition => Ways(next.Model, next.Trace, condition, recipe, cancellation))
                .FirstOrDefault(found => found.Length > 0) ?? [];
            var past = next.Past;
            foreach (var way in ways)
            {
                waiting.Enqueue((way.Model, way.Trace, past));

                // What is left to decide on one way need not be decided on the other too.
                past = past.Union(Conditions(way.Model.Graph).Intersect(Conditions(next.Model.Graph)));
            }
        }
    }

    /// <summary>The two ways that a model may take at the first such If.</summary>
    /// <param name="model">The model.</param>
    /// <param name="trace">Its trace.</param>
    /// <param name="recipe">Sizes for symbolic dimensions.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Nothing where there is no such If, or it cannot be taken out.</returns>
    public (OnnxModel Model, ValueTrace Trace)[] Ways(OnnxModel model, ValueTrace trace, Recipe recipe, CancellationToken cancellation) =>
        Conditions(model.Graph).FirstOrDefault() is { } condition ? Ways(model, trace, condition, recipe, cancellation) : [];

    private (OnnxModel Model, ValueTrace Trace)[] Ways(
        OnnxModel model, ValueTrace trace, string condition, Recipe recipe, CancellationToken cancellation)
    {
        // What decides is computed whatever comes of it.
        var decided = new GraphIndex(model.Graph).Producer(condition) is null || model.Graph.Outputs.Any(output => output.Name == condition)
            ? model.Graph
            : model.Graph with { Outputs = model.Graph.Outputs.Add(new GraphValue(condition, ElementType.Undefined, default)) };
        var simplifier = new GraphSimplifier(new GraphIndex(decided), trace, catalog);
        return
        [
            .. new[] { true, false }
                .Select(holds => simplifier.Simplify(new Dictionary<string, TensorData>(StringComparer.Ordinal) { [condition] = Truth(holds) }))
                .Where(graph => !ReferenceEquals(graph, decided))
                .Select(graph => (Model: model.With(graph), Trace: tracer.Run(model.With(graph), recipe, cancellation).Value))
                .Where(way => way.Trace is not null)
                .Select(way => (way.Model, way.Trace!)),
        ];
    }

    private static IEnumerable<string> Conditions(Graph graph)
    {
        var weighed = SubgraphWeights.OfLayersIn(new GraphIndex(graph)).Select(node => node.Inputs.FirstOrDefault("")).ToHashSet(StringComparer.Ordinal);
        return GraphSimplifier.Conditions(graph).Where(weighed.Contains);
    }

    private static TensorData Truth(bool holds) => new(ElementType.Bool, [], new[] { holds ? (byte)1 : (byte)0 });
}
