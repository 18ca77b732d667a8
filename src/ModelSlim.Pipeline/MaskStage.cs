using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Masking;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Pipeline;

/// <summary>Makes single weights zero, and checks at the end that they are.</summary>
public sealed class MaskStage
{
    /// <summary>Makes them zero.</summary>
    /// <param name="from">The model.</param>
    /// <param name="recipe">How many, and which.</param>
    public Result<MaskedGraph> Run(ModelAnalysis from, Recipe recipe) =>
        new WeightMasker().Mask(from.Model.Graph, recipe.Target.Sparsity!, recipe.Prune, from.Ignored, recipe.Seed);

    /// <summary>Checks a model that was made from it.</summary>
    /// <returns>The model; MSLIM7001 where a weight is not zero that must be.</returns>
    public Result<Graph> Prove(ModelAnalysis from, MaskedGraph masked, Graph final, Recipe recipe) =>
        new SparsityCount().Fault(masked, final, recipe.Target.Sparsity!, from.Ignored) is { } fault
            ? DiagnosticCodes.CutUnproven.Says($"{fault}; the original is left as it is")
            : final;
}
