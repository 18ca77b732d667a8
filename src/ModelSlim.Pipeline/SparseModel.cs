using ModelSlim.Core.Importance;
using ModelSlim.Core.Pruning;

namespace ModelSlim.Pipeline;

/// <summary>A model after training that decides which channels go.</summary>
/// <param name="Analysis">What is known about it.</param>
/// <param name="Scores">What training left of its channels.</param>
/// <param name="Plan">What goes, where training has decided that too; null where a plan is made from the scores.</param>
public sealed record SparseModel(ModelAnalysis Analysis, ImportanceScores Scores, PruningPlan? Plan);
