using ModelSlim.Core.Axes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Masking;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Pipeline;

/// <summary>Makes single weights zero, and checks at the end that they are.</summary>
/// <param name="catalog">What is known about operators.</param>
public sealed class MaskStage(OperatorCatalog catalog)
{
    /// <summary>Makes them zero.</summary>
    /// <param name="from">The model.</param>
    /// <param name="recipe">How many, and which.</param>
    /// <returns>The model, with a plan that cuts nothing; MSLIM5001 as <see cref="WeightMasker"/> says.</returns>
    public Result<ShrunkModel> Run(ModelAnalysis from, Recipe recipe)
    {
        var weights = new MaskableWeights(catalog).Find(from.Index, from.Trace, from.Ignored);
        return new WeightMasker().Mask(from.Model.Graph, weights, recipe.Target.Sparsity!, recipe.Prune, recipe.Seed).Then<ShrunkModel>(masked =>
            new ShrunkModel(
                new ProvenCut(
                    from,
                    new PruningPlan { Model = from.Digest, Before = from.Given, After = from.Cost, Cuts = [] },
                    new CutModel(from.Model.With(masked.Graph), new ChannelCuts([]), from.Trace, from.Cost, null)),
                masked));
    }

    /// <summary>Checks a model that was made from it.</summary>
    /// <param name="masked">The model right after masking.</param>
    /// <param name="final">The model that is to be written.</param>
    /// <returns>The graph; MSLIM7001 where a weight is not zero that must be.</returns>
    public Result<Graph> Prove(MaskedGraph masked, Graph final) =>
        new SparsityCount().Fault(masked, final) is { } fault
            ? DiagnosticCodes.CutUnproven.Says($"{fault}; the original is left as it is")
            : final;
}
