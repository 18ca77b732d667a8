using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Pruning;

namespace ModelSlim.Pipeline;

/// <summary>A step towards the target, and what it is taken with.</summary>
/// <param name="From">The model before it.</param>
/// <param name="Original">The original, which training is distilled from.</param>
/// <param name="Request">What is asked for, with the step's target.</param>
/// <param name="Plan">A plan to carry out; null means make one.</param>
/// <param name="Sets">Data sets.</param>
/// <param name="Clock">Notes the stages.</param>
/// <param name="Suffix">Behind the name of each stage; empty for the last step of the only method.</param>
/// <param name="Progress">Is told how far it is.</param>
internal sealed record StepTask(
    ModelAnalysis From,
    ModelAnalysis Original,
    SlimRequest Request,
    PruningPlan? Plan,
    DataSets Sets,
    StageClock Clock,
    string Suffix,
    IProgress<StageProgress> Progress);
