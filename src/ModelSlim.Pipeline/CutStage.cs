using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Costs;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Evaluation.Tracing;
using ModelSlim.Evaluation.Verification;

namespace ModelSlim.Pipeline;

/// <summary>Makes the cuts of a plan, and checks that the slim model costs what the plan says and does what it should.</summary>
/// <param name="tracer">Runs the slim model once.</param>
/// <param name="check">Compares it with the masked original.</param>
/// <param name="catalog">What is known about operators.</param>
public sealed class CutStage(ModelTracer tracer, MaskedOriginalCheck check, OperatorCatalog catalog)
{
    /// <summary>Cuts a model.</summary>
    /// <returns>
    /// The slim model; MSLIM5003 where the plan is for another model, MSLIM9002 where the costs differ, MSLIM7001 where the
    /// outputs do.
    /// </returns>
    public Result<CutModel> Run(ModelAnalysis analysis, PruningPlan plan, CancellationToken cancellation)
    {
        if (plan.Model != analysis.Digest)
        {
            return DiagnosticCodes.PlanMismatch.Says(
                $"the plan was made for another model (SHA-256 {plan.Model[..Math.Min(12, plan.Model.Length)]}, this one is {analysis.Digest[..12]}); make it anew");
        }

        return Slim(analysis, plan.Cuts, cancellation).Then<CutModel>(slim => slim.Cost == plan.After
            ? slim
            : DiagnosticCodes.PlanDishonest.Says(
                $"the plan predicts {plan.After}, the slim model counts {slim.Cost}; the original is left as it is"));
    }

    /// <summary>Why some of a plan's cuts, made alone, are not proven; null where they are.</summary>
    public string? Doubt(ModelAnalysis analysis, IReadOnlyCollection<GroupCut> some, CancellationToken cancellation) =>
        Slim(analysis, some, cancellation) is { Succeeded: false, Diagnostics: [var first, ..] } ? first.Message : null;

    private Result<CutModel> Slim(ModelAnalysis analysis, IReadOnlyCollection<GroupCut> groups, CancellationToken cancellation) =>
        Unproven(analysis, groups, cancellation).Then<CutModel>(slim => slim.Unseen is [var value, ..] && !SeenInPart(analysis, groups, slim.Unseen, cancellation)
            ? DiagnosticCodes.CutUnproven.Says(
                $"nothing that the model is fed for the proof reaches '{value}', so nothing shows that its cut is right; the original is left as it is")
            : slim.Model);

    // The slim model, and the values at which the cut does something that the proof shows nothing of.
    private Result<HalfProven> Unproven(ModelAnalysis analysis, IReadOnlyCollection<GroupCut> groups, CancellationToken cancellation) =>
        new PlanExpansion().Expand(groups, analysis.Dependencies, analysis.Trace).Then(cuts => Unproven(analysis, cuts, cancellation));

    private Result<HalfProven> Unproven(ModelAnalysis analysis, ChannelCuts cuts, CancellationToken cancellation)
    {
        var slim = cuts.IsEmpty
            ? analysis.Uncut
            : analysis.Model.With(new CutApplier(catalog).Apply(analysis.Index, analysis.Trace, cuts));
        var sizes = analysis.Model.Graph.Inputs.ToDictionary(input => input.Name, input => analysis.Trace.Shape(input.Name));
        return tracer.Trace(slim, sizes, cancellation).Then(trace =>
            Misshapen(analysis.Trace, cuts, trace) is { } value
                ? DiagnosticCodes.CutUnproven.Says(
                    $"'{value}' has shape [{string.Join(", ", trace.Shape(value))}] in the slim model, not [{string.Join(", ", cuts.Shorten(value, analysis.Trace.Shape(value)))}]; the original is left as it is")
                : Prove(analysis, slim, cuts, cancellation).Then<HalfProven>(error => new HalfProven(
                    new CutModel(slim, cuts, trace, new CostModel(catalog).Measure(slim, Settled(analysis.Trace, cuts, trace), analysis.Inner), error.Relative),
                    error.Unseen)));
    }

    // A detector may find nothing once all is cut, so that what works on boxes has nothing to do. What a cut does to a node hangs on
    // the groups that the node touches alone: cuts of those without all others show it as well.
    private bool SeenInPart(
        ModelAnalysis analysis, IReadOnlyCollection<GroupCut> groups, ImmutableArray<string> unseen, CancellationToken cancellation)
    {
        var sites = groups.ToDictionary(group => group, group => Sites(analysis, group));
        GroupCut[] Touching(IEnumerable<string> values) => [.. groups.Where(group => sites[group].Overlaps(values))];
        bool Shows(IReadOnlyCollection<string> values)
        {
            var part = Touching(values);
            return part.Length > 0 && part.Length < groups.Count && Unproven(analysis, part, cancellation) is { Succeeded: true, Value: var shown }
                && !shown.Unseen.Intersect(values).Any()
                && values.All(value => part.Any(group => sites[group].Contains(value)));
        }

        return Shows(unseen)
            || (unseen.Length > 1 && unseen.GroupBy(value => string.Join('\n', Touching([value]).Select(group => group.Group)))
                .All(values => Shows([.. values])));
    }

    private HashSet<string> Sites(ModelAnalysis analysis, GroupCut group) =>
        new PlanExpansion().Expand([group], analysis.Dependencies, analysis.Trace).Value is { } cuts
            && new CutSites(analysis.Index, analysis.Trace, cuts, catalog) is var sites
            ? sites.Touched.Union(sites.Read).ToHashSet(StringComparer.Ordinal)
            : [];

    // The first value, by name, that has another rank, or an axis that is not what the cuts make of it. How long other axes are
    // may depend on what the model is fed, as the number of boxes that a detector finds does.
    private static string? Misshapen(ValueTrace original, ChannelCuts cuts, ValueTrace slim) =>
        original.Shapes
            .Where(value => slim.Shapes.TryGetValue(value.Key, out var shape)
                && (shape.Length != value.Value.Length
                    || Enumerable.Range(0, shape.Length).Any(axis => cuts.Of(value.Key, axis) is { } kept && kept.Length != shape[axis])))
            .Select(value => value.Key)
            .Min(StringComparer.Ordinal);

    // Costs are compared at the same number of boxes.
    private static ValueTrace Settled(ValueTrace original, ChannelCuts cuts, ValueTrace slim) => slim with
    {
        Shapes = slim.Shapes.ToImmutableDictionary(
            value => value.Key,
            value => original.Shapes.TryGetValue(value.Key, out var shape) ? cuts.Shorten(value.Key, shape) : value.Value,
            StringComparer.Ordinal),
    };

    private Result<MaskedError> Prove(ModelAnalysis analysis, OnnxModel slim, ChannelCuts cuts, CancellationToken cancellation)
    {
        var tolerance = MaskedOriginalCheck.Tolerance(analysis.Model.Graph);
        return check.Run(analysis.Model, analysis.Index, analysis.Trace, slim, cuts, cancellation).Then<MaskedError>(error =>
            error.Relative > tolerance
                ? DiagnosticCodes.CutUnproven.Says(
                    $"the slim model differs from the masked original by {error.Relative:E1} of the largest value, more than {tolerance:E0}; the original is left as it is")
                : error);
    }

    private sealed record HalfProven(CutModel Model, ImmutableArray<string> Unseen);
}
