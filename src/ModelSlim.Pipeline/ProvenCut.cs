using ModelSlim.Core.Pruning;

namespace ModelSlim.Pipeline;

/// <summary>A plan that was carried out and proven.</summary>
/// <param name="Analysis">What is known about the model; groups whose cut could not be proven are refused in it.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Cut">The model after its cuts.</param>
public sealed record ProvenCut(ModelAnalysis Analysis, PruningPlan Plan, CutModel Cut);
