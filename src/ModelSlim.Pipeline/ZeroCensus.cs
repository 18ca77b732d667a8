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

    /// <summary>The weights that may become zero, and those that the recipe ignores.</summary>
    /// <param name="found">The model.</param>
    /// <param name="opened">As <see cref="Opened"/> gives it.</param>
    /// <param name="recipe">Sizes for symbolic dimensions.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="apart">Values whose weights are not counted at all; null means none.</param>
    internal (ImmutableArray<MaskableWeight> Weights, ImmutableArray<MaskableWeight> Ignored) Weights(
        ModelAnalysis found, OnnxModel opened, Recipe recipe, CancellationToken cancellation, ImmutableHashSet<string>? apart = null)
    {
        var courses = new ModelCourses(sessions, catalog).All(opened, found.Trace, recipe, cancellation)
            .Select(course => (new GraphIndex(course.Model.Graph), course.Trace)).ToArray();
        var names = StoredTensors.Names(found.Model.Graph).ToArray();

        // What the body of a loop stores has names in courses that the model does not have.
        ImmutableArray<MaskableWeight> Find(IEnumerable<string> left)
        {
            var given = left.ToHashSet(StringComparer.Ordinal);
            given.UnionWith(names.Where(weight => given.Contains(weight.Given)).Select(weight => weight.Name).ToArray());
            return [.. new MaskableWeights(catalog).Find(courses, given).Where(weight => opened.Graph.Initializers.ContainsKey(weight.Name))];
        }

        var weights = Find([.. found.Ignored, .. apart ?? []]);
        return (weights, found.Ignored.IsEmpty ? [] : [.. Find(apart ?? []).ExceptBy(weights.Select(weight => weight.Name), weight => weight.Name)]);
    }

    /// <summary>Counts zeros, and tells the pattern in which they lie, that of the recipe or a usual one.</summary>
    /// <param name="found">The model.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="apart">Values whose weights are not counted; null means none.</param>
    public SparsityReport Of(ModelAnalysis found, Recipe recipe, CancellationToken cancellation, ImmutableHashSet<string>? apart = null)
    {
        var opened = Opened(found);
        var (weights, ignored) = Weights(found, opened, recipe, cancellation, apart);
        foreach (var target in recipe.Target.Sparsity is { Pattern: not null } own ? Known.Insert(0, own) : Known)
        {
            var (fits, dense) = PatternFit.Of(opened.Graph, weights, target);
            var masked = new MaskedGraph(opened.Graph, target, fits, dense) { Ignored = ignored };
            if (!fits.IsEmpty && new SparsityCount().Fault(masked, opened.Graph) is null)
            {
                return Report(masked, opened);
            }
        }

        return Report(new MaskedGraph(opened.Graph, new SparsityTarget(0), weights, []) { Ignored = ignored }, opened) with { Sparse = found.GivenModel.StoresSparse };
    }

    /// <summary>How much of a model is zero.</summary>
    /// <param name="masked">The model right after masking.</param>
    /// <param name="final">The model to count in.</param>
    internal static SparsityReport Report(MaskedGraph masked, OnnxModel final)
    {
        var (weights, zeros) = new SparsityCount().Of(masked, final.Graph);
        var (more, moreZeros) = new SparsityCount().Of(masked.Ignored, final.Graph);
        return new SparsityReport(weights, zeros, masked.Target.Pattern, [.. masked.Dense.Select(weight => weight.Name)], final.StoresSparse)
        {
            Obstacles = [.. masked.Dense.Select(weight => weight.Obstacle ?? string.Empty)],
            WithIgnored = more > 0 ? new WeightCount(weights + more, zeros + moreZeros) : null,
        };
    }
}
