using System.Collections.Immutable;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;

namespace ModelSlim.Pipeline;

/// <summary>A plan and its report.</summary>
/// <param name="Plan">What would be cut.</param>
/// <param name="Report">The same in the words of a report.</param>
public sealed record PlannedModel(PruningPlan Plan, SlimReport Report)
{
    /// <summary>The methods that come after the one that was planned for, each with its number of zeros; they begin with what it leaves.</summary>
    public ImmutableArray<string> Later { get; init; } = [];

    /// <summary>Those methods in words, to follow what is said of the first; empty where there are none.</summary>
    public string LaterText => Later.IsEmpty ? string.Empty : $"; then {string.Join(" and ", Later)}";

    /// <summary>Why nothing that is planned beforehand can be carried out, as a clause; null where it can.</summary>
    /// <param name="recipe">The recipe.</param>
    public static string? NoPlan(Recipe recipe) => recipe.Methods switch
    {
        [Method.Channels] => recipe.Prune.Steps == 1 ? null : $"prune.steps: {recipe.Prune.Steps} decides on the way which channels go",
        [var method] when method.TrainsFirst() => $"method: {method.Word()} decides in training which channels go",
        [var method] => $"a plan names channels, and method: {method.Word()} removes none",
        var methods => $"it is for channels alone, and the recipe has the methods {string.Join(", ", methods.Select(MethodTraits.Word))}",
    };
}
