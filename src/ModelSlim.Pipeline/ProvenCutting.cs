using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Importance;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Pipeline;

/// <summary>
/// Plans and cuts until the cut is proven. What cannot be proven is not done: groups whose cut does not give the masked
/// original, or does not run, stay whole with that reason, and the plan is made anew without them.
/// </summary>
/// <param name="planning">Decides what goes.</param>
/// <param name="cutting">Cuts, and proves it.</param>
public sealed class ProvenCutting(PlanStage planning, CutStage cutting)
{
    private static readonly ImmutableHashSet<string> Unproven =
        [DiagnosticCodes.CutUnproven.Code, DiagnosticCodes.ModelRefused.Code, DiagnosticCodes.ModelRunFailed.Code];

    /// <summary>Plans for a target, and cuts.</summary>
    /// <returns>
    /// What was cut, with MSLIM5005 for every group that had to stay whole; what <see cref="PlanStage"/> and
    /// <see cref="CutStage"/> give where the rest does not reach the target.
    /// </returns>
    public Result<ProvenCut> Run(ModelAnalysis analysis, ImportanceScores scores, Recipe recipe, CancellationToken cancellation)
    {
        var said = new List<Diagnostic>();
        while (true)
        {
            var plan = planning.Run(analysis, scores, recipe, cancellation);
            if (!plan.Succeeded)
            {
                return Result<ProvenCut>.Failed([.. said, .. plan.Diagnostics]);
            }

            LargeArrays.LetGoOfNew();
            var cut = cutting.Run(analysis, plan.Value, cancellation);
            if (cut.Succeeded)
            {
                return Result<ProvenCut>.With(new ProvenCut(analysis, plan.Value, cut.Value), [.. said, .. cut.Diagnostics]);
            }

            if (!cut.Diagnostics.Any(diagnostic => Unproven.Contains(diagnostic.Code)))
            {
                return Result<ProvenCut>.Failed([.. said, .. cut.Diagnostics]);
            }

            var culprits = Culprits(analysis, plan.Value.Cuts, cut.Diagnostics[0].Message, cancellation);
            said.AddRange(culprits.Select(culprit => DiagnosticCodes.GroupUnproven.Says(
                $"channel group '{culprit.Key}' stays whole, since its cut could not be proven: {culprit.Value}")));
            analysis = analysis with { Dependencies = Without(analysis.Dependencies, culprits.Keys) };
        }
    }

    // Halves that fail are halved again; where neither half fails by itself, it is all of them together.
    private ImmutableSortedDictionary<string, string> Culprits(
        ModelAnalysis analysis, ImmutableArray<GroupCut> failing, string doubt, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var half = failing.Length / 2;
        var failed = half == 0 ? [] : new[] { failing[..half], failing[half..] }
            .Select(some => (Cuts: some, Doubt: cutting.Doubt(analysis, some, cancellation))).Where(some => some.Doubt is not null).ToArray();
        return failed.Length == 0
            ? failing.ToImmutableSortedDictionary(cut => cut.Group, _ => doubt, StringComparer.Ordinal)
            : failed.SelectMany(some => Culprits(analysis, some.Cuts, some.Doubt!, cancellation)).ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    private static DependencyGraph Without(DependencyGraph dependencies, IEnumerable<string> unproven) => Without(dependencies, unproven.ToHashSet(StringComparer.Ordinal));

    private static DependencyGraph Without(DependencyGraph dependencies, HashSet<string> culprits) => dependencies with
    {
        Groups = dependencies.Groups.RemoveAll(group => culprits.Contains(group.Id)),
        Refusals =
        [
            .. dependencies.Refusals,
            .. dependencies.Groups.Where(group => culprits.Contains(group.Id)).Select(group =>
                new Refusal(group.Id, "its cut could not be proven", group.Members, group.Channels)),
        ],
    };
}
