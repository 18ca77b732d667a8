using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Masking;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Pipeline;

/// <summary>Finds the weights of a model that can become zero, on whatever course it takes, and counts those that are.</summary>
/// <param name="sessions">Opens models.</param>
/// <param name="catalog">What is known about operators.</param>
public sealed class ZeroCensus(SessionFactory sessions, OperatorCatalog catalog)
{
    // What is looked for in models whose recipe names no pattern.
    private static readonly ImmutableArray<SparsityTarget> Known = [new(1, 4), new(2, 4)];

    /// <summary>The model with all weights in the graph itself: what branches store is masked and counted with the rest.</summary>
    internal static OnnxModel Opened(ModelAnalysis found) =>
        StoredTensors.Out(found.Model.Graph) is var graph && ReferenceEquals(graph, found.Model.Graph) ? found.Model : found.Model.With(graph);

    /// <summary>The weights.</summary>
    /// <param name="found">The model.</param>
    /// <param name="opened">As <see cref="Opened"/> gives it.</param>
    /// <param name="recipe">Sizes for symbolic dimensions.</param>
    /// <param name="cancellation">Ends it.</param>
    internal ImmutableArray<MaskableWeight> Weights(ModelAnalysis found, OnnxModel opened, Recipe recipe, CancellationToken cancellation)
    {
        var ignored = found.Ignored.Union(StoredTensors.Names(found.Model.Graph).Where(weight => found.Ignored.Contains(weight.Given)).Select(weight => weight.Name));
        var courses = new ModelCourses(sessions, catalog).All(opened, found.Trace, recipe, cancellation);

        // What the body of a loop stores has names in courses that the model does not have.
        return
        [
            .. new MaskableWeights(catalog).Find(courses.Select(course => (new GraphIndex(course.Model.Graph), course.Trace)), ignored)
                .Where(weight => opened.Graph.Initializers.ContainsKey(weight.Name)),
        ];
    }

    /// <summary>Counts zeros, and tells the pattern in which they lie, that of the recipe or a usual one.</summary>
    /// <param name="found">The model.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="cancellation">Ends it.</param>
    public SparsityReport Of(ModelAnalysis found, Recipe recipe, CancellationToken cancellation)
    {
        var opened = Opened(found);
        var weights = Weights(found, opened, recipe, cancellation);
        var (count, zeros) = new SparsityCount().Of(new MaskedGraph(opened.Graph, new SparsityTarget(0), weights, []), opened.Graph);
        foreach (var target in recipe.Target.Sparsity is { Pattern: not null } own ? Known.Insert(0, own) : Known)
        {
            var (fits, dense) = PatternFit.Of(opened.Graph, weights, target);
            var masked = new MaskedGraph(opened.Graph, target, fits, dense);
            if (!fits.IsEmpty && new SparsityCount().Fault(masked, opened.Graph) is null)
            {
                return Report(masked, opened);
            }
        }

        return new SparsityReport(count, zeros, null, [], found.GivenModel.StoresSparse);
    }

    /// <summary>How much of a model is zero.</summary>
    /// <param name="masked">The model right after masking.</param>
    /// <param name="final">The model to count in.</param>
    internal static SparsityReport Report(MaskedGraph masked, OnnxModel final)
    {
        var (weights, zeros) = new SparsityCount().Of(masked, final.Graph);
        return new SparsityReport(weights, zeros, masked.Target.Pattern, [.. masked.Dense.Select(weight => weight.Name)], final.StoresSparse)
        {
            Obstacles = [.. masked.Dense.Select(weight => weight.Obstacle ?? string.Empty)],
        };
    }
}
